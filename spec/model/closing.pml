/* How a ceremony closes: Sections 9.2 to 9.5, 9.7 and 9.9 of the specification.

   A re-sharing among N parties, LIARS of which are the adversary's. All parties are recipients; three deal, the last of
   them for the adversary. The network is the adversary's: what was signed is known to it for ever, and it delivers any of
   it to anyone, at any time, again, or never; of signatures that belong together it makes what certificates it likes. A
   party of its own signs anything, at any time, so that its signatures need no state. Signatures are not forged and
   digests do not collide. */

#include "claims.pml"

/* Properties. */
#define ONE_CLOSED 2        /* Never are two sets closed (9.4, Safety). */
#define AGREEMENT 3         /* Honest parties that finish use one set of dealings (9.5). */
#define ERASURE 4           /* Who erases its old share holds a new one, of a set that really closed (9.7). */
#define PROMISE 5           /* No honest recipient ever signs two confirmations, whatever restarts (9.4). */
#define USABLE 6            /* Of a closed set every dealing is on the disk of an honest party (9.4). */
#define BLAME 7             /* No honest dealer is expelled (9.3, 9.9). */
#define HONEST_DEALER 8     /* A closed set has a dealing of an honest dealer (9.6). */

/* States that are reached. */
#define ALL_FINISH 20       /* reached: all honest parties have finished and erased their old shares */
#define LIAR_COUNTS 21      /* reached: a party finishes with a dealing of a dealer that it expelled */
#define RESTART_CONFIRMS 22 /* reached: a party restarts between storing and sending, then sends, and all finish */
#define SPLIT 23            /* reached: honest recipients confirmed different sets, and none can close any more */

/* Faults: each leaves one rule out. */
#define DEAL_ONCE 40        /* violates BLAME: 9.2 (2), a restarted dealer deals again */
#define SIGNATURE_FIRST 41  /* violates BLAME: 9.3 (1), a dealer is blamed for bytes that it did not sign */
#define VERIFY_DEALING 42   /* violates AGREEMENT: 9.3, a bad dealing is kept, of which each opens something else */
#define ONE_CONFIRMATION 43 /* violates PROMISE: 9.4 (1), a recipient that confirmed follows another set */
#define TWO_CLOSINGS 44     /* violates ONE_CLOSED: the same */
#define STORE_FIRST 45      /* violates PROMISE: 9.4 (2), a confirmation is sent and not stored */
#define CLOSE_TWICE 46      /* violates ONE_CLOSED: the same, so that after a restart another set closes */
#define HELD 47             /* violates USABLE: 9.4 (4), a recipient confirms what others say that they hold */
#define KEEP_DEALINGS 48    /* violates USABLE: 9.4 (9), the dealings of a confirmed set are gone after a restart */
#define THIS_CEREMONY 49    /* violates AGREEMENT: 9.4 (5), 9.1 (13, 14), confirmations of an earlier run count */
#define ONE_EACH 50         /* violates ERASURE: 9.4 (6), a certificate counts one recipient twice */
#define QUORUM_SIGNS 51     /* violates AGREEMENT: 9.4 (7), a certificate of half of the recipients is enough */
#define CHECK_SIGNATURES 52 /* violates ERASURE: 9.4 (8), a certificate is believed */
#define NAME_DIGESTS 53     /* violates AGREEMENT: 9.4, confirmations name dealers and not digests or outcome */
#define CLOSED_SET 54       /* violates AGREEMENT: 9.5 (1), a party finishes with what it kept */
#define CERTIFICATE_FIRST 55 /* violates ERASURE: 9.7 (1), the old share is erased before there is a certificate */
#define STORE_SHARE 56      /* violates ERASURE: 9.7 (2), it is erased before the new one is stored */

#define ENOUGH_DEALINGS 57  /* violates HONEST_DEALER: 9.6 (1), one dealing is enough */
#define FEW_LIARS 58        /* violates ONE_CLOSED: 9.4, Safety, as many lie as the bound names, so it is exact */

#ifndef N
#define N 4
#define LIARS 1
#endif
#if FAULT == FEW_LIARS
#undef LIARS
#define LIARS (2 * QUORUM - N)
#endif
#define HONEST (N - LIARS)
#define QUORUM (2 * N / 3 + 1)
#if FAULT == ENOUGH_DEALINGS
#define NEEDED 1
#else
#define NEEDED 2
#endif

/* A set of dealings has two bits for each dealer: none, its dealing 1, its dealing 2, or one that does not verify. */
#define DEALERS 3
#define LIAR 2
#define BAD 3
#define OF(set, i) (((set) >> (2 * (i))) & 3)
#define DEALING(i, version) ((version) << (2 * (i)))
#define SAME(set, other, i) (OF(set, i) == 0 || OF(set, i) == OF(other, i))
#define SIZE(set) ((OF(set, 0) != 0) + (OF(set, 1) != 0) + (OF(set, 2) != 0))
#define DEALERS_OF(set) (((set) | ((set) >> 1)) & 21)

#if FAULT == NAME_DIGESTS
#define NAMES(set) DEALERS_OF(set)
#define PICK(kept, set) ((kept) & (3 * DEALERS_OF(set)))
#define HAS(kept, set) (DEALERS_OF(PICK(kept, set)) == DEALERS_OF(set))
#elif FAULT == CLOSED_SET
#define NAMES(set) (set)
#define PICK(kept, set) (kept)
#define HAS(kept, set) (SIZE(kept) >= NEEDED)
#else
#define NAMES(set) (set)
#define PICK(kept, set) (set)
#define HAS(kept, set) (SAME(set, kept, 0) && SAME(set, kept, 1) && SAME(set, kept, 2))
#endif

/* Of each honest party: what a restart takes away, */
byte kept[HONEST];          /* the dealings that it kept, after closing those of the closed set */
byte expelled[HONEST];      /* a bit for each dealer */
byte certificate[HONEST];   /* the set of the certificate that it verified */
/* what is on its disk, */
byte confirmed[HONEST];     /* the set that it confirmed */
byte stored[HONEST];        /* the dealings of that set */
byte share[HONEST];         /* the set of which it has the new share, with its dealings */
bool erased[HONEST];        /* the old share is gone */
/* and which confirmations of it the network has: `again` only if a rule is left out. */
byte sent[HONEST];
byte again[HONEST];

byte closed;                /* the set that a quorum confirmed, whoever knows */
bool restarted;             /* for RESTART_CONFIRMS */

/* Within one step only. */
hidden byte dealer, version, set, one, signers, holders;

#define ON_DISK(party) (share[party] != 0 -> share[party] : stored[party])

inline count(agreed) {
    d_step {
        signers = LIARS; one = 0;
        do
        :: one < HONEST ->
            signers = signers + (NAMES(sent[one]) == NAMES(agreed) || NAMES(again[one]) == NAMES(agreed));
            one++
        :: else -> break
        od
    }
}

/* Each dealing of the closed set is on some honest disk. */
inline check_usable() {
    d_step {
        holders = 0; one = 0;
        do
        :: one < HONEST ->
            for (dealer : 0 .. DEALERS - 1) {
                holders = holders | ((SAME(closed, ON_DISK(one), dealer)) << dealer)
            }
            one++
        :: else -> break
        od
        claim(USABLE, closed == 0 || holders == 7)
    }
}

/* Any dealing that was signed; the adversary's dealer signs two that verify and one that does not. */
inline any_dealing() {
    if
    :: dealer = 0; version = 1
    :: dealer = 1; version = 1
    :: dealer = LIAR; version = 1
    :: dealer = LIAR; version = 2
    :: dealer = LIAR; version = BAD
#if FAULT == DEAL_ONCE
    :: dealer = 0; version = 2
#endif
    fi
}

inline expel() {
    claim(BLAME, dealer == LIAR);
    expelled[me] = expelled[me] | (1 << dealer)
}

inline keep() {
    if
    :: version == BAD && !WITHOUT(VERIFY_DEALING) -> expel()
    :: else -> kept[me] = kept[me] | DEALING(dealer, version)
    fi
}

#define EXPELLED ((expelled[me] >> dealer) & 1)

/* Receive, before the ceremony is closed here (9.4). */
inline receive_open() {
    if
    :: OF(kept[me], dealer) == version || EXPELLED -> skip
    :: else ->
        if
        :: OF(kept[me], dealer) != 0 -> expel()
        :: else -> keep()
        fi
    fi
}

/* Receive, when it is closed here: what the certificate names is kept, whoever was expelled. It is not even
   verified again, which the specification does. */
inline receive_closed() {
    if
    :: OF(certificate[me], dealer) == version ->
        if
        :: OF(kept[me], dealer) == 0 -> kept[me] = kept[me] | DEALING(dealer, version)
        :: else -> skip
        fi
    :: else ->
        if
        :: EXPELLED || OF(certificate[me], dealer) == 0 -> skip
        :: else -> expel()
        fi
    fi
}

/* A proposed set has a dealing of this dealer, or has none: what another recipient, a liar for example, proposes is
   followed if all of it is kept (Confirm, steps 2 and 3), and what the party proposes itself is such a set. */
inline propose(i) {
    if
    :: skip
    :: OF(kept[me], i) != 0 -> set = set | DEALING(i, OF(kept[me], i))
#if FAULT == HELD
    :: OF(kept[me], i) == 0 -> set = set | DEALING(i, 1)
#endif
    fi
}

inline any_set() {
    set = 0;
    propose(0);
    propose(1);
    propose(LIAR)
}

inline confirm() {
    any_set();
    if
    :: SIZE(set) >= NEEDED ->
        confirmed[me] = set;
        stored[me] = (WITHOUT(KEEP_DEALINGS) -> 0 : set & kept[me])
    :: else -> skip
    fi
}

/* From here on the network has the confirmation. */
inline send() {
    again[me] = (sent[me] != 0 -> confirmed[me] : 0);
    sent[me] = (sent[me] != 0 -> sent[me] : confirmed[me]);
    claim(PROMISE, again[me] == 0);
    count(confirmed[me]);
    if
    :: signers >= QUORUM ->
        claim(ONE_CLOSED, closed == 0 || NAMES(closed) == NAMES(confirmed[me]));
        closed = confirmed[me];
        claim(HONEST_DEALER, OF(closed, 0) != 0 || OF(closed, 1) != 0)
    :: else -> skip
    fi
    check_usable();
    witness(SPLIT, HONEST == 3 && sent[0] != 0 && sent[1] != 0 && sent[2] != 0 && sent[0] != sent[1]
        && sent[1] != sent[2] && sent[0] != sent[2])
}

/* VerifyCertificate: the adversary adds to the confirmations of one set those of its own parties. */
#if FAULT == ONE_EACH
#define ENOUGH (signers + 1 >= QUORUM && signers > LIARS)
#elif FAULT == QUORUM_SIGNS
#define ENOUGH (2 * signers >= N && signers > LIARS)
#elif FAULT == CHECK_SIGNATURES
#define ENOUGH true
#else
#define ENOUGH (signers >= QUORUM)
#endif

/* Any certificate needs a confirmation of an honest recipient, as the liars are no quorum. */
inline any_certificate() {
    if
    :: one = 0
    :: one = 1
#if HONEST > 2
    :: one = 2
#endif
    fi
    set = sent[one];
#if FAULT == THIS_CEREMONY || FAULT == CHECK_SIGNATURES
    any_set();
#endif
}

#define DIFFERS (OF(kept[me], dealer) != 0 && OF(kept[me], dealer) != OF(set, dealer))
#define DROPS (DIFFERS && !WITHOUT(NAME_DIGESTS) && !WITHOUT(CLOSED_SET))

inline drop() {
    kept[me] = kept[me] & ~DEALING(dealer, 3)
}

inline close() {
    any_certificate();
    count(set);
    if
    :: SIZE(set) >= NEEDED && (ENOUGH || WITHOUT(THIS_CEREMONY)) ->
        certificate[me] = set;
        for (dealer : 0 .. DEALERS - 1) {
            if
            :: DROPS && OF(set, dealer) != 0 -> expel(); drop()
            :: DROPS && OF(set, dealer) == 0 -> drop()
            :: !DROPS -> skip
            fi
        }
    :: else -> skip
    fi
}

/* Of a dealing that does not verify each recipient opens something else. */
#define OPENED(party) (share[party] + (OF(share[party], LIAR) == BAD -> 100 + party : 0))

/* From here on all that counts is on the disk. */
inline finish() {
    share[me] = PICK(kept[me], certificate[me]);
    witness(LIAR_COUNTS, expelled[me] != 0 && OF(share[me], LIAR) != 0);
    kept[me] = 0; expelled[me] = 0; certificate[me] = 0;
    for (one : 0 .. HONEST - 1) {
        claim(AGREEMENT, share[one] == 0 || OPENED(one) == OPENED(me))
    }
    check_usable()
}

inline erase() {
    erased[me] = true;
    claim(ERASURE, closed != 0 && share[me] == closed);
    witness(ALL_FINISH, erased[0] && erased[1] && (HONEST == 2 || erased[HONEST - 1]));
    witness(RESTART_CONFIRMS, restarted && erased[0] && erased[1] && (HONEST == 2 || erased[HONEST - 1]))
}

inline restart() {
    restarted = restarted || (CHECKED == RESTART_CONFIRMS && confirmed[me] != 0 && sent[me] == 0);
    expelled[me] = 0;
    certificate[me] = 0;
    kept[me] = ON_DISK(me);
    confirmed[me] = (WITHOUT(STORE_FIRST) || WITHOUT(CLOSE_TWICE) -> 0 : confirmed[me]);
    check_usable()
}

#if FAULT == CERTIFICATE_FIRST
#define MAY_ERASE (confirmed[me] != 0)
#elif FAULT == STORE_SHARE
#define MAY_ERASE (certificate[me] != 0)
#else
#define MAY_ERASE (share[me] != 0)
#endif

#define MAY_CONFIRM_AGAIN (WITHOUT(ONE_CONFIRMATION) || WITHOUT(TWO_CLOSINGS))

/* The honest parties are alike: party 0 is the one that sends first, party 1 the second. */
#define MAY_SEND (confirmed[me] != 0 && (me == 0 || sent[me - 1] != 0))

/* An honest party; each step is one that a restart may come before or after. */
active [HONEST] proctype Party() {
    byte me = _pid;
end:
    do
    :: atomic { share[me] == 0 && certificate[me] == 0 -> any_dealing(); receive_open() }
    :: atomic { share[me] == 0 && certificate[me] != 0 -> any_dealing(); receive_closed() }
#if FAULT == SIGNATURE_FIRST
    :: atomic { share[me] == 0 -> dealer = 0; expel() }
#endif
    :: atomic { share[me] == 0 && certificate[me] == 0 && (confirmed[me] == 0 || MAY_CONFIRM_AGAIN) -> confirm() }
    :: atomic { MAY_SEND && sent[me] != confirmed[me] && again[me] != confirmed[me] -> send() }
    :: atomic { share[me] == 0 && certificate[me] == 0 -> close() }
    :: atomic { share[me] == 0 && certificate[me] != 0 && HAS(kept[me], certificate[me]) -> finish() }
    :: atomic { MAY_ERASE && !erased[me] -> erase() }
    :: atomic { share[me] == 0 -> restart() }
    od
}
