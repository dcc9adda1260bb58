/** Longer error texts are cut: the entry itself keeps all of it. */
export const MAX_ERROR = 2000;
/** Sequence numbers are kept in 32 bits; in one source they do not go around. */
export const SEQUENCE_RANGE = 2 ** 32;
