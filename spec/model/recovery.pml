/* How a fresh node recovers: Sections 11.2 to 11.6 of the specification.

   A fresh node makes requests, one after the other, each for two statements: OURS, whose Blinder an honest operator has,
   and THEIRS, whose Blinder the adversary has, and authorises whatever it likes with. Of the members, HONEST are honest
   and LIARS are the adversary's, fewer than THRESHOLD. The network is the adversary's: it reads all, delivers anything at
   any time, again, or never, and makes requests of its own, with HPKE keys of its own and with parts of other requests.
   Signatures, proofs and ciphertexts are ideal and digests do not collide: what someone signed or sealed is a fact, and
   what the adversary can open it knows.

   A request is a draft and a variant: another authorisation of the same draft, or another attestation, makes another
   request of it (11.2). */

#include "claims.pml"

/* Properties. */
#define ASKED 2             /* What is accepted from an honest member, it answered to this authorised request (11.5). */
#define AUTHORISED 3        /* An honest member answers what the Blinder's holder authorised (11.3). */
#define SECRET 4            /* The adversary gets no honest member's share for OURS (13.6). */
#define FRESH 5             /* When a request is made, no answer to it exists (11.2). */
#define PROMISE 6           /* After a restart the request, and all answers that were shown, are there (11.5). */
#define ONCE 7              /* What opens has good shares of as many members as the threshold (11.5). */
#define OPEN 8              /* Nothing is accepted for a request that is over (11.5). */
#define WHOLE 9             /* A response with a wrong share changes nothing (11.5). */

/* States that are reached. */
#define RECOVERS 20         /* reached: a recovery ends */
#define SECOND_RECOVERS 21  /* reached: a second request ends well, and members had answered to the first */
#define RESTART_RECOVERS 22 /* reached: a node restarts with a part of the answers, and its recovery ends */
#define THEIRS_KNOWN 23     /* reached: the adversary gets what it authorised itself */
#define OTHER_VARIANT 24    /* reached: a member answered to another variant of the request than the node's */

/* Faults: each leaves one rule out. */
#define NEW_DRAFT 40        /* violates FRESH: 11.2 (4), the next request has the same seed and nonce */
#define FIRST_STAYS 41      /* violates PROMISE: 11.2, another authorisation takes the place of the first */
#define OWN_DRAFT 42        /* violates SECRET: 11.2 (6), the operator compares no short code */
#define KEY_PER_MEMBER 43   /* violates SECRET: 11.2 (8), one HPKE key for all, which an accusation publishes */
#define REVIEW 44           /* violates AUTHORISED: 11.3 (5), a member looks at no authorisation */
#define REVIEW_SECRET 45    /* violates SECRET: the same */
#define BOUND_TO_DRAFT 46   /* violates SECRET: 11.2, an authorisation counts for any draft */
#define BOUND_TO_BLINDER 47 /* violates SECRET: 11.2, any Blinder authorises any statement */
#define SEALED 48           /* violates SECRET: 11.4 (2), answers are in the clear */
#define OWN_REQUEST 49      /* violates ASKED: 11.5 (1), answers to another request are accepted */
#define SIGNED 50           /* violates ASKED: 11.5, answers that no member signed are accepted */
#define SHARES_VERIFY 51    /* violates ONCE: 11.5, decryption shares are not verified */
#define ONE_PER_MEMBER 52   /* violates ONCE: 11.5, the same answer counts again */
#define WHOLE_OR_NONE 53    /* violates WHOLE: 11.5 (5), the good part of a bad response is kept */
#define IN_TIME 54          /* violates OPEN: 11.5, expiry is not looked at */
#define ERASE_SEED 55       /* violates OPEN: 11.5 (3), after a restart a finished session goes on */
#define STORE_FIRST 56      /* violates PROMISE: 11.5 (2), a request is published and not stored */
#define STORE_ANSWERS 57    /* violates PROMISE: 11.5 (2), answers are shown and not stored */
#define VERIFY_AGAIN 58     /* violates ONCE: 11.5 (4), what was changed on the disk is loaded */

#ifndef HONEST
#define HONEST 1
#define LIARS 1
#define THRESHOLD 2
#endif
#ifndef REQUESTS
#define REQUESTS 2
#endif
#ifndef VARIANTS
#define VARIANTS 2
#endif
#define MEMBERS (HONEST + LIARS)

/* Statements. */
#define OURS 1
#define THEIRS 2
#define BOTH 3

/* Drafts: those of the node's requests, 0 and 1, and two of the adversary's, for both statements and for its own. */
#define ROGUE 2
#define OWN 3
#define ASKS(d) ((d) == OWN -> THEIRS : BOTH)
#if FAULT == NEW_DRAFT
#define DRAFT 0
#else
#define DRAFT (session - 1)
#endif

/* The world. */
byte begun;                 /* requests that the node made */
byte published;             /* a bit for each draft */
byte authorised;            /* by the operator of OURS: a bit for each draft */
byte late;                  /* whose expiry is past: a bit for each draft */
byte answered[HONEST * 4];  /* statements that a member answered, by member, draft of the node and variant */
byte known[HONEST];         /* statements for which the adversary has the member's share */
#define ANSWERED(m, d, v) answered[(m) * 4 + (d) * 2 + (v)]

/* The node's session (11.5), in memory and on the disk: the number of its request, or 0; the variant that it became by
   its first authorisation, counted from 1, or 0; statements that each member answered. */
byte session, disk_session;
byte granted, disk_granted;
byte accepted[MEMBERS], disk_accepted[MEMBERS];
bool changed;               /* what is on the disk, by the adversary */

/* What others rely on: the variant that was published, answers that were shown, and that a request is over. */
byte requested;
byte shown[MEMBERS];
bool over;

/* What only faults and witnesses need. */
byte wrong;                 /* statements for which a wrong share is kept */
byte repeated;              /* answers that counted, of OURS */
bool leaked;                /* the one HPKE key of all members */
bool restarted;

/* Within one step only. */
hidden byte member, draft, variant, statement, m, distinct;

inline any_statement() {
    if
    :: statement = OURS
    :: statement = THEIRS
    fi
}

inline any_variant() {
    if
    :: variant = 0
#if VARIANTS > 1
    :: variant = 1
#endif
    fi
}

inline any_honest() {
    if
    :: member = 0
#if HONEST > 1
    :: member = 1
#endif
    fi
}

/* -- The operator of OURS, with its Blinder (11.2, Authorise). */

#if FAULT == OWN_DRAFT
#define LOOKS_RIGHT(d) true
#else
#define LOOKS_RIGHT(d) ((d) < ROGUE && ((published >> (d)) & 1))
#endif

inline authorise() {
    if
    :: draft = 0
    :: draft = 1
    :: draft = ROGUE
    fi
    if
    :: LOOKS_RIGHT(draft) -> authorised = authorised | (1 << draft)
    :: else -> skip
    fi
}

/* -- An honest member (11.3, 11.4). A response to both statements does what one to each does. */

#define HAS_AUTHORISATION(d) ((ASKS(d) & OURS) == 0 || ((authorised >> (d)) & 1))
#if FAULT == REVIEW || FAULT == REVIEW_SECRET || FAULT == BOUND_TO_BLINDER
#define REVIEWED(d) true
#elif FAULT == BOUND_TO_DRAFT
#define REVIEWED(d) ((ASKS(d) & OURS) == 0 || authorised != 0)
#else
#define REVIEWED(d) HAS_AUTHORISATION(d)
#endif
#define KNOWN_DRAFT(d) ((d) >= ROGUE || ((published >> (d)) & 1))

inline learn() {
    known[member] = known[member] | statement;
    claim(SECRET, (known[member] & OURS) == 0);
    witness(THEIRS_KNOWN, (known[member] & THEIRS) != 0)
}

inline respond() {
    claim(AUTHORISED, HAS_AUTHORISATION(draft));
    if
    :: draft >= ROGUE -> learn()
    :: else ->
        ANSWERED(member, draft, variant) = ANSWERED(member, draft, variant) | statement;
        witness(OTHER_VARIANT, session - 1 == draft && granted != 0 && granted - 1 != variant);
#if FAULT == SEALED || FAULT == KEY_PER_MEMBER
        if
        :: leaked || WITHOUT(SEALED) -> learn()
        :: else -> skip
        fi
#endif
    fi
}

inline review() {
    any_honest();
    any_variant();
    any_statement();
    if
    :: draft = 0
    :: draft = 1
    :: draft = ROGUE
    :: draft = OWN
    fi
    if
    :: (ASKS(draft) & statement) && KNOWN_DRAFT(draft) && !((late >> draft) & 1) && REVIEWED(draft) -> respond()
    :: else -> skip
    fi
}

/* -- The node (11.2, 11.5). */

inline forget() {
    granted = 0;
    requested = 0;
    repeated = 0;
    over = false;
    for (m : 0 .. MEMBERS - 1) {
        accepted[m] = 0;
        shown[m] = 0
    }
}

/* Another request takes the place of an abandoned or finished one. */
inline create() {
    begun++;
    session = begun;
    forget();
    for (m : 0 .. HONEST - 1) {
        claim(FRESH, ANSWERED(m, DRAFT, 0) == 0 && ANSWERED(m, DRAFT, 1) == 0)
    }
}

inline store() {
    disk_session = session;
    disk_granted = granted;
    changed = false;
    for (m : 0 .. MEMBERS - 1) {
        disk_accepted[m] = accepted[m]
    }
}

/* Add: of several authorisations of one draft the first stays. */
inline add() {
    any_variant();
    granted = variant + 1;
    claim(PROMISE, requested == 0 || requested == granted)
}

inline publish_request() {
    requested = granted
}

/* A share that verified, of a member for a statement. */
inline accept() {
    claim(OPEN, !over && !((late >> DRAFT) & 1));
    claim(ASKED, member >= HONEST || (ANSWERED(member, DRAFT, granted - 1) & statement));
    claim(ASKED, (authorised >> DRAFT) & 1);
    repeated = repeated + (WITHOUT(ONE_PER_MEMBER) && statement == OURS && repeated < THRESHOLD);
    accepted[member] = accepted[member] | statement
}

/* From an honest member: any response of it, to this or another request, that opens with the keys of this draft. */
inline accept_honest() {
    any_honest();
    any_variant();
    any_statement();
    if
    :: DRAFT < ROGUE && (ANSWERED(member, DRAFT, variant) & statement) ->
        if
        :: variant == granted - 1 || WITHOUT(OWN_REQUEST) -> accept()
        :: else -> skip
        fi
    :: else -> skip
    fi
}

/* In the name of an honest member, sealed by the adversary, who can know shares from its own requests. */
inline accept_forged() {
    any_honest();
    any_statement();
    if
    :: known[member] & statement -> accept()
    :: else -> skip
    fi
}

/* From a member of the adversary's, a good share. */
inline accept_liar() {
    member = HONEST;
    any_statement();
    if
    :: accept()
#if LIARS > 1
    :: member = HONEST + 1; accept()
#endif
    fi
}

/* From one, two answers of which the one for THEIRS is wrong. The accusation (11.6) publishes the HPKE key of this member
   alone: it opens nothing that the adversary did not seal itself. */
inline refuse_liar() {
    member = HONEST;
    distinct = accepted[member];
#if FAULT == SHARES_VERIFY
    statement = THEIRS;
    wrong = THEIRS;
    accept();
#endif
#if FAULT == WHOLE_OR_NONE
    statement = OURS;
    accept();
#endif
    claim(WHOLE, accepted[member] == distinct);
#if FAULT == KEY_PER_MEMBER
    leaked = true;
    for (member : 0 .. HONEST - 1) {
        for (variant : 0 .. 1) {
            statement = ANSWERED(member, DRAFT, variant);
            learn()
        }
    }
#endif
}

inline report() {
    for (m : 0 .. MEMBERS - 1) {
        shown[m] = accepted[m]
    }
}

inline count(which) {
    distinct = 0;
    for (m : 0 .. MEMBERS - 1) {
        distinct = distinct + ((accepted[m] & which) != 0)
    }
}

inline finish() {
    claim(ONCE, distinct >= THRESHOLD && wrong == 0);
    witness(RECOVERS, true);
    witness(SECOND_RECOVERS, session == 2 && (answered[0] == BOTH || answered[1] == BOTH));
    witness(RESTART_RECOVERS, restarted);
    over = true;
#if FAULT != ERASE_SEED
    session = 0;
    store();
#endif
}

/* Unlock, if enough members answered for both; then the seed is erased. */
inline unlock() {
    count(THEIRS);
    if
    :: distinct >= THRESHOLD ->
        count(OURS);
        if
        :: distinct >= THRESHOLD || repeated >= THRESHOLD -> finish()
        :: else -> skip
        fi
    :: else -> skip
    fi
}

#define REFUSED (changed && !WITHOUT(VERIFY_AGAIN))
#define KEEPS(m) ((shown[m] & ~accepted[m]) == 0)

/* Load: what was changed on the disk is refused, and the node has to begin again. */
inline restart() {
    over = over || REFUSED;
    disk_session = (REFUSED -> 0 : disk_session);
    disk_granted = (disk_session != 0 -> disk_granted : 0);
    wrong = (changed && disk_session != 0 -> OURS : 0);
    restarted = (CHECKED == RESTART_RECOVERS && disk_accepted[0] != 0 && disk_accepted[0] != BOTH);
    session = disk_session;
    granted = disk_granted;
    for (m : 0 .. MEMBERS - 1) {
        accepted[m] = (disk_session != 0 -> disk_accepted[m] : 0);
        claim(PROMISE, over || KEEPS(m))
    }
    claim(PROMISE, over || begun == 0 || !((published >> (begun - 1)) & 1) || session == begun);
    claim(PROMISE, over || requested == 0 || granted == requested)
}

#define STORED (session == disk_session && granted == disk_granted && !changed)
#define ON_DISK(m) (accepted[m] == disk_accepted[m])
#if HONEST + LIARS == 2
#define ANSWERS_STORED (ON_DISK(0) && ON_DISK(1))
#else
#define ANSWERS_STORED (ON_DISK(0) && ON_DISK(1) && ON_DISK(2))
#endif
#define ACCEPTS (session != 0 && granted != 0 && (WITHOUT(IN_TIME) || !((late >> DRAFT) & 1)))

active proctype Operator() {
end:
    do
    :: atomic { authorise() }
    od
}

active proctype Members() {
end:
    do
    :: atomic { review() }
    od
}

active proctype Node() {
end:
    do
    :: atomic { begun < REQUESTS -> create() }
    :: atomic { session != 0 && !(STORED && ANSWERS_STORED) -> store() }
    :: atomic { session != 0 && (STORED || WITHOUT(STORE_FIRST)) -> published = published | (1 << DRAFT) }
    :: atomic { session != 0 && (granted == 0 || WITHOUT(FIRST_STAYS)) && ((authorised >> DRAFT) & 1) -> add() }
    :: atomic { granted != 0 && (STORED || WITHOUT(STORE_FIRST)) -> publish_request() }
    :: atomic { ACCEPTS -> accept_honest() }
#if FAULT == SIGNED
    :: atomic { ACCEPTS -> accept_forged() }
#endif
    :: atomic { ACCEPTS -> accept_liar() }
    :: atomic { ACCEPTS -> refuse_liar() }
    :: atomic { session != 0 && (STORED && ANSWERS_STORED || WITHOUT(STORE_ANSWERS)) -> report() }
    :: atomic { session != 0 && granted != 0 -> unlock() }
    :: atomic { restart() }
    od
}

/* Time, and what the adversary writes to the node's disk. */
active proctype World() {
end:
    do
    :: atomic { (published & 1) != 0 -> late = late | 1 }
#if REQUESTS > 1
    :: atomic { (published & 2) != 0 -> late = late | 2 }
#endif
    :: atomic { disk_session != 0 -> changed = true }
    od
}
