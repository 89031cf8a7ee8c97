/* What both models share. A run of the checker looks at one property, or at all of them, and may leave one rule of the
   specification out: -DCHECKED=.. and -DFAULT=.. name them. */

#define ALL 1
#define NOTHING 1

#ifndef CHECKED
#define CHECKED ALL
#endif
#ifndef FAULT
#define FAULT NOTHING
#endif

/* A rule that no run may break. */
#define claim(property, condition) assert((CHECKED != ALL && CHECKED != property) || (condition))

/* A state that some run has to reach, or the claims would say nothing: its "violation" is that run. */
#define witness(name, condition) assert(CHECKED != name || !(condition))

#define WITHOUT(rule) (FAULT == rule)
