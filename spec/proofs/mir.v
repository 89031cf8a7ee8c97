(* A meaning for the compiler's intermediate representation (MIR), as much of it
   as bodies.v has, which mir/translate.py makes from the code.  A run gives
   nothing where the code would panic, where a value is read that is not there,
   and where the fuel or the draws of a hash end.                             *)
From Coq Require Import NArith Strings.String.
From mathcomp Require Import all_ssreflect.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* A shared reference is a copy: what it refers to does not change while it lives.
   An exclusive one names a local variable, or an element of the vector there. *)
Inductive value :=
| Dead | Unit | Int (n : N) | Bool (b : bool) | Str (s : string)
| Overflowing (v : value) (o : bool)
| Made (name : string) (fields : seq value)
| Bits (bs : seq bool) | Draws (ds : seq N)
| Ref (local : nat) (element : option nat).

Inductive projection := Deref | Field (n : nat).
Inductive place := Place (local : nat) (projections : seq projection).
Inductive operand := Use (p : place) | Const (v : value).
Inductive binary := Eq | Lt | Gt | Div | BitAnd.
Inductive checked := Add | Sub | Mul.
Inductive rvalue :=
| Same (o : operand) | Binary (op : binary) (a b : operand) | Checked (op : checked) (bits : N) (a b : operand)
| Truncate (bits : N) (a : operand) | Make (name : string) (fields : seq operand)
| Shared (p : place) | Exclusive (local : nat).
Inductive statement := Assign (p : place) (r : rvalue) | StorageDead (local : nat).

(* Functions of other crates, and those that read constants or hash; all else is
   one of the bodies. *)
Inductive callee :=
| Widen | Max | NextPowerOfTwo | FromElem | Len | Index | IndexMut
| Instances | Kept | XofNew | XofPart | XofStream | NextU16
| Body (n : nat).

Inductive terminator :=
| Goto (b : nat) | Switch (o : operand) (zero other : nat) | Assert (o : operand) (expected : bool) (b : nat)
| Call (p : place) (f : callee) (arguments : seq operand) (b : nat) | Return.
Definition block := (seq statement * terminator)%type.
Record body := { locals : nat; blocks : seq block }.

Notation env := (seq value).

(* Vectors of bits. *)
Definition length (bs : seq bool) : nat := size bs.
Definition repeated (b : bool) (n : nat) : seq bool := nseq n b.
Definition bit (bs : seq bool) (i : nat) : bool := nth false bs i.
Definition set_bit (bs : seq bool) (i : nat) (b : bool) : seq bool := set_nth false bs i b.
Definition below (i : nat) (bs : seq bool) : bool := i < length bs.
Definition next_power_of_two (n : N) : N := N.pow 2 (N.log2_up n).

Definition present (v : value) : option value := if v is Dead then None else Some v.
Definition local (e : env) (l : nat) : value := nth Dead e l.
Definition element (v : value) (i : nat) : value :=
  if v is Bits bs then if below i bs then Bool (bit bs i) else Dead else Dead.

Definition project (e : env) (v : value) (p : projection) : value :=
  match p, v with
  | Deref, Ref l None => local e l
  | Deref, Ref l (Some i) => element (local e l) i
  | Deref, _ => v
  | Field 0, Overflowing v _ => v
  | Field 1, Overflowing _ o => Bool o
  | Field n, Made _ vs => nth Dead vs n
  | _, _ => Dead
  end.

Definition read (e : env) (p : place) : option value :=
  let: Place l ps := p in present (foldl (project e) (local e l) ps).

Definition write (e : env) (p : place) (v : value) : option env :=
  match p with
  | Place l [::] => Some (set_nth Dead e l v)
  | Place l [:: Deref] =>
    if local e l is Ref m (Some i) then
      if (local e m, v) is (Bits bs, Bool b) then
        if below i bs then Some (set_nth Dead e m (Bits (set_bit bs i b))) else None
      else None
    else None
  | _ => None
  end.

Definition operate (e : env) (o : operand) : option value :=
  match o with Use p => read e p | Const v => Some v end.

Fixpoint operate_all (e : env) (os : seq operand) : option (seq value) :=
  if os is o :: os then
    if operate e o is Some v then omap (cons v) (operate_all e os) else None
  else Some [::].

Definition binary_value (op : binary) (m n : N) : option value :=
  match op with
  | Eq => Some (Bool (N.eqb m n)) | Lt => Some (Bool (N.ltb m n)) | Gt => Some (Bool (N.ltb n m))
  | Div => if n is N0 then None else Some (Int (N.div m n))
  | BitAnd => Some (Int (N.land m n))
  end.

Definition checked_value (op : checked) (bits m n : N) : value :=
  let top := N.pow 2 bits in
  let exact := match op with Add => N.add m n | Sub => N.sub (N.add m top) n | Mul => N.mul m n end in
  let over := match op with Sub => N.ltb m n | _ => N.leb top exact end in
  Overflowing (Int (N.modulo exact top)) over.

Definition compute (e : env) (r : rvalue) : option value :=
  match r with
  | Same o => operate e o
  | Binary op a b =>
    if (operate e a, operate e b) is (Some (Int m), Some (Int n)) then binary_value op m n else None
  | Checked op bits a b =>
    if (operate e a, operate e b) is (Some (Int m), Some (Int n)) then Some (checked_value op bits m n) else None
  | Truncate bits a => if operate e a is Some (Int n) then Some (Int (N.modulo n (N.pow 2 bits))) else None
  | Make name os => omap (Made name) (operate_all e os)
  | Shared p => read e p
  | Exclusive l => Some (Ref l None)
  end.

Definition execute (e : env) (s : statement) : option env :=
  match s with
  | Assign p r => if compute e r is Some v then write e p v else None
  | StorageDead l => Some (set_nth Dead e l Dead)
  end.

Definition execute_all (e : env) (ss : seq statement) : option env :=
  foldl (fun e s => obind (execute^~ s) e) (Some e) ss.

Section Run.
Variables (bodies : seq body) (draws : string -> seq value -> seq N).

(* A parameter set is its numbers M and T; a hash is its label and its parts; the
   draws are as many as [draws] gives.  next_power_of_two of a u16 panics above 2^15. *)
Definition primitive (f : callee) (vs : seq value) (e : env) : option (value * env) :=
  let just v := Some (v, e) in
  match f, vs with
  | Widen, [:: Int n] => just (Int n)
  | Max, [:: Int m; Int n] => just (Int (N.max m n))
  | NextPowerOfTwo, [:: Int n] => if N.leb n 32768 then just (Int (next_power_of_two n)) else None
  | FromElem, [:: Bool b; Int n] => just (Bits (repeated b (N.to_nat n)))
  | Len, [:: Bits bs] => just (Int (N.of_nat (length bs)))
  | Index, [:: Bits bs; Int i] => if below (N.to_nat i) bs then just (Bool (bit bs (N.to_nat i))) else None
  | IndexMut, [:: Ref l None; Int i] =>
    if local e l is Bits bs then if below (N.to_nat i) bs then just (Ref l (Some (N.to_nat i))) else None else None
  | Instances, [:: Made _ [:: m; _]] => just m
  | Kept, [:: Made _ [:: _; t]] => just t
  | XofNew, [:: Str label] => just (Made label [::])
  | XofPart, [:: Made label parts; part] => just (Made label (rcons parts part))
  | XofStream, [:: Made label parts] => just (Draws (draws label parts))
  | NextU16, [:: Ref l None] =>
    if local e l is Draws (d :: ds) then Some (Int d, set_nth Dead e l (Draws ds)) else None
  | _, _ => None
  end.

Definition blocks_of (n : nat) : seq block := nth [::] (map blocks bodies) n.
Definition start (n : nat) (vs : seq value) : env :=
  Dead :: vs ++ nseq (nth 0 (map locals bodies) n - (size vs).+1) Dead.

(* One block of a function; [run] goes on at another, or in another function. *)
Definition step (run : nat -> nat -> env -> option value) (n b : nat) (e : env) : option value :=
  let: (ss, t) := nth ([::], Goto b) (blocks_of n) b in
  if execute_all e ss isn't Some e then None else
  match t with
  | Return => present (local e 0)
  | Goto b => run n b e
  | Switch o zero other =>
    match operate e o with
    | Some (Int m) => if N.eqb m 0 then run n zero e else run n other e
    | Some (Bool c) => if c then run n other e else run n zero e
    | _ => None
    end
  | Assert o expected b =>
    if operate e o is Some (Bool c) then
      if (if expected then c else ~~ c) then run n b e else None
    else None
  | Call p f os b =>
    if operate_all e os isn't Some vs then None else
    let result := if f is Body m then omap (pair^~ e) (run m 0 (start m vs)) else primitive f vs e in
    if result is Some (v, e) then if write e p v is Some e then run n b e else None else None
  end.

Fixpoint run (fuel n b : nat) (e : env) : option value :=
  if fuel is fuel.+1 then step (run fuel) n b e else None.

Lemma runS fuel n b e : run fuel.+1 n b e = step (run fuel) n b e.
Proof. by []. Qed.

Definition call (fuel n : nat) (vs : seq value) : option value := run fuel n 0 (start n vs).

End Run.
