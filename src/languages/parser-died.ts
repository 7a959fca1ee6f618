/**
 * The WebAssembly parser of this thread trapped or ran out of stack or memory: its state is undefined, and so would be all that
 * it says from now on. A worker ends and is replaced; the main thread hands its files to workers.
 */
export class ParserDied extends Error {}
