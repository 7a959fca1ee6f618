/** Raised whenever the same text yields other words: postings, vectors and models made from the old words are then made anew. */
export const TEXT_VERSION = 1;
