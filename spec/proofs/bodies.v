(* Made by mir/translate.py from the MIR of the core, unoptimised. *)
From Coq Require Import NArith Strings.String.
From mathcomp Require Import all_ssreflect.
From Relight Require Import mir.

Local Open Scope string_scope.
Local Arguments Int n%num.
Local Arguments Checked op bits%num a b.
Local Arguments Truncate bits%num a.

Definition threshold_new_body : body := {| locals := 12; blocks := [::
  ([:: Assign (Place 4 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 3 [::]) (Binary Eq (Use (Place 4 [::])) (Const (Int 0)))],
      Switch (Use (Place 3 [::])) 2 1);
  ([:: StorageDead 4],
      Goto 4);
  ([:: StorageDead 4;
       Assign (Place 6 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 7 [::]) (Same (Use (Place 2 [::])));
       Assign (Place 5 [::]) (Binary Gt (Use (Place 6 [::])) (Use (Place 7 [::])))],
      Switch (Use (Place 5 [::])) 5 3);
  ([:: StorageDead 7;
       StorageDead 6],
      Goto 4);
  ([:: Assign (Place 9 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 8 [::]) (Make "InvalidThreshold" [:: (Use (Place 9 [::]))]);
       StorageDead 9;
       Assign (Place 0 [::]) (Make "Err" [:: (Use (Place 8 [::]))]);
       StorageDead 8],
      Goto 6);
  ([:: StorageDead 7;
       StorageDead 6;
       Assign (Place 11 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 10 [::]) (Make "Threshold" [:: (Use (Place 11 [::]))]);
       StorageDead 11;
       Assign (Place 0 [::]) (Make "Ok" [:: (Use (Place 10 [::]))]);
       StorageDead 10],
      Goto 6);
  ([:: StorageDead 5;
       StorageDead 3],
      Return)] |}.

Definition supermajority_body : body := {| locals := 13; blocks := [::
  ([:: Assign (Place 7 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 6 [::]) Widen [:: (Use (Place 7 [::]))] 1);
  ([:: StorageDead 7;
       Assign (Place 8 [::]) (Checked Mul 32 (Use (Place 6 [::])) (Const (Int 2)))],
      Assert (Use (Place 8 [:: Field 1])) false 2);
  ([:: Assign (Place 5 [::]) (Same (Use (Place 8 [:: Field 0])));
       StorageDead 6;
       Assign (Place 9 [::]) (Binary Eq (Const (Int 3)) (Const (Int 0)))],
      Assert (Use (Place 9 [::])) false 3);
  ([:: Assign (Place 4 [::]) (Binary Div (Use (Place 5 [::])) (Const (Int 3)));
       StorageDead 5;
       Assign (Place 10 [::]) (Checked Add 32 (Use (Place 4 [::])) (Const (Int 1)))],
      Assert (Use (Place 10 [:: Field 1])) false 4);
  ([:: Assign (Place 3 [::]) (Same (Use (Place 10 [:: Field 0])));
       StorageDead 4;
       Assign (Place 2 [::]) (Truncate 16 (Use (Place 3 [::])));
       StorageDead 3;
       Assign (Place 11 [::]) (Same (Use (Place 2 [::])));
       Assign (Place 12 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 0 [::]) (Body 0) [:: (Use (Place 11 [::])); (Use (Place 12 [::]))] 5);
  ([:: StorageDead 12;
       StorageDead 11;
       StorageDead 2],
      Return)] |}.

Definition at_least_one_body : body := {| locals := 4; blocks := [::
  ([:: Assign (Place 3 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 2 [::]) Max [:: (Use (Place 3 [::])); (Const (Int 1))] 1);
  ([:: StorageDead 3;
       Assign (Place 0 [::]) (Make "Threshold" [:: (Use (Place 2 [::]))]);
       StorageDead 2],
      Return)] |}.

Definition index_new_body : body := {| locals := 8; blocks := [::
  ([:: Assign (Place 3 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 2 [::]) (Binary Eq (Use (Place 3 [::])) (Const (Int 0)))],
      Switch (Use (Place 2 [::])) 2 1);
  ([:: StorageDead 3;
       Assign (Place 5 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 4 [::]) (Make "InvalidIndex" [:: (Use (Place 5 [::]))]);
       StorageDead 5;
       Assign (Place 0 [::]) (Make "Err" [:: (Use (Place 4 [::]))]);
       StorageDead 4],
      Goto 3);
  ([:: StorageDead 3;
       Assign (Place 7 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 6 [::]) (Make "PartyIndex" [:: (Use (Place 7 [::]))]);
       StorageDead 7;
       Assign (Place 0 [::]) (Make "Ok" [:: (Use (Place 6 [::]))]);
       StorageDead 6],
      Goto 3);
  ([:: StorageDead 2],
      Return)] |}.

Definition index_within_body : body := {| locals := 9; blocks := [::
  ([:: Assign (Place 4 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 5 [::]) (Same (Use (Place 2 [::])));
       Assign (Place 3 [::]) (Binary Gt (Use (Place 4 [::])) (Use (Place 5 [::])))],
      Switch (Use (Place 3 [::])) 2 1);
  ([:: StorageDead 5;
       StorageDead 4;
       Assign (Place 7 [::]) (Same (Use (Place 1 [::])));
       Assign (Place 6 [::]) (Make "InvalidIndex" [:: (Use (Place 7 [::]))]);
       StorageDead 7;
       Assign (Place 0 [::]) (Make "Err" [:: (Use (Place 6 [::]))]);
       StorageDead 6],
      Goto 4);
  ([:: StorageDead 5;
       StorageDead 4;
       Assign (Place 8 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 0 [::]) (Body 3) [:: (Use (Place 8 [::]))] 3);
  ([:: StorageDead 8],
      Goto 4);
  ([:: StorageDead 3],
      Return)] |}.

Definition kept_instances_body : body := {| locals := 45; blocks := [::
  ([:: Assign (Place 4 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 3 [::]) Instances [:: (Use (Place 4 [::]))] 1);
  ([:: StorageDead 4;
       Assign (Place 7 [::]) (Same (Use (Place 3 [::])))],
      Call (Place 6 [::]) NextPowerOfTwo [:: (Use (Place 7 [::]))] 2);
  ([:: StorageDead 7;
       Assign (Place 8 [::]) (Checked Sub 16 (Use (Place 6 [::])) (Const (Int 1)))],
      Assert (Use (Place 8 [:: Field 1])) false 3);
  ([:: Assign (Place 5 [::]) (Same (Use (Place 8 [:: Field 0])));
       StorageDead 6;
       Assign (Place 13 [::]) (Same (Const (Str "subset")));
       Assign (Place 12 [::]) (Shared (Place 13 [:: Deref]))],
      Call (Place 11 [::]) XofNew [:: (Use (Place 12 [::]))] 4);
  ([:: StorageDead 12;
       Assign (Place 15 [::]) (Shared (Place 2 [:: Deref]));
       Assign (Place 14 [::]) (Same (Use (Place 15 [::])));
       StorageDead 15],
      Call (Place 10 [::]) XofPart [:: (Use (Place 11 [::])); (Use (Place 14 [::]))] 5);
  ([:: StorageDead 14;
       StorageDead 11],
      Call (Place 9 [::]) XofStream [:: (Use (Place 10 [::]))] 6);
  ([:: StorageDead 10;
       StorageDead 13;
       Assign (Place 18 [::]) (Same (Use (Place 3 [::])))],
      Call (Place 17 [::]) Widen [:: (Use (Place 18 [::]))] 7);
  ([:: StorageDead 18],
      Call (Place 16 [::]) FromElem [:: (Const (Bool false)); (Use (Place 17 [::]))] 8);
  ([:: StorageDead 17;
       Assign (Place 20 [::]) (Same (Use (Place 1 [::])))],
      Call (Place 19 [::]) Kept [:: (Use (Place 20 [::]))] 9);
  ([:: StorageDead 20],
      Goto 10);
  ([:: Assign (Place 24 [::]) (Same (Use (Place 19 [::])));
       Assign (Place 23 [::]) (Binary Gt (Use (Place 24 [::])) (Const (Int 0)))],
      Switch (Use (Place 23 [::])) 24 11);
  ([:: StorageDead 24;
       Assign (Place 28 [::]) (Exclusive 9)],
      Call (Place 27 [::]) NextU16 [:: (Use (Place 28 [::]))] 12);
  ([:: StorageDead 28;
       Assign (Place 29 [::]) (Same (Use (Place 5 [::])));
       Assign (Place 26 [::]) (Binary BitAnd (Use (Place 27 [::])) (Use (Place 29 [::])));
       StorageDead 29;
       StorageDead 27],
      Call (Place 25 [::]) Widen [:: (Use (Place 26 [::]))] 13);
  ([:: StorageDead 26;
       Assign (Place 31 [::]) (Same (Use (Place 25 [::])));
       Assign (Place 33 [::]) (Shared (Place 16 [::]))],
      Call (Place 32 [::]) Len [:: (Use (Place 33 [::]))] 14);
  ([:: StorageDead 33;
       Assign (Place 30 [::]) (Binary Lt (Use (Place 31 [::])) (Use (Place 32 [::])))],
      Switch (Use (Place 30 [::])) 21 15);
  ([:: StorageDead 32;
       StorageDead 31;
       Assign (Place 36 [::]) (Shared (Place 16 [::]));
       Assign (Place 37 [::]) (Same (Use (Place 25 [::])))],
      Call (Place 35 [::]) Index [:: (Use (Place 36 [::])); (Use (Place 37 [::]))] 16);
  ([:: Assign (Place 34 [::]) (Same (Use (Place 35 [:: Deref])))],
      Switch (Use (Place 34 [::])) 18 17);
  ([:: StorageDead 37;
       StorageDead 36;
       StorageDead 35],
      Goto 22);
  ([:: StorageDead 37;
       StorageDead 36;
       StorageDead 35;
       Assign (Place 39 [::]) (Exclusive 16);
       Assign (Place 40 [::]) (Same (Use (Place 25 [::])))],
      Call (Place 38 [::]) IndexMut [:: (Use (Place 39 [::])); (Use (Place 40 [::]))] 19);
  ([:: StorageDead 40;
       StorageDead 39;
       Assign (Place 38 [:: Deref]) (Same (Const (Bool true)));
       StorageDead 38;
       Assign (Place 41 [::]) (Checked Sub 16 (Use (Place 19 [::])) (Const (Int 1)))],
      Assert (Use (Place 41 [:: Field 1])) false 20);
  ([:: Assign (Place 19 [::]) (Same (Use (Place 41 [:: Field 0])));
       Assign (Place 22 [::]) (Same (Const Unit))],
      Goto 23);
  ([:: StorageDead 32;
       StorageDead 31],
      Goto 22);
  ([:: Assign (Place 22 [::]) (Same (Const Unit))],
      Goto 23);
  ([:: StorageDead 34;
       StorageDead 30;
       StorageDead 25;
       StorageDead 23],
      Goto 10);
  ([:: StorageDead 24;
       Assign (Place 21 [::]) (Same (Const Unit));
       StorageDead 43;
       StorageDead 23;
       StorageDead 21;
       Assign (Place 0 [::]) (Same (Use (Place 16 [::])));
       StorageDead 19;
       StorageDead 16],
      Goto 25);
  ([:: StorageDead 9;
       StorageDead 5;
       StorageDead 3],
      Return)] |}.

Definition bodies : seq body := [:: threshold_new_body; supermajority_body; at_least_one_body; index_new_body; index_within_body; kept_instances_body].
