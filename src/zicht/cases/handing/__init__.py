"""Files about persons that somebody takes along: papers, and files locked with a password."""
