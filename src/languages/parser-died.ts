import { TrowelError } from '#base/errors.ts';

/**
 * The WebAssembly parser of this thread trapped or ran out of stack or memory: its state is undefined, and so would be all that
 * it says from now on. A worker ends and is replaced; the main thread hands its files to workers.
 */
export class ParserDied extends TrowelError {
  constructor(grammar: string, cause: unknown) {
    super('unsupported', `The ${grammar} parser died on this file`, {
      cause,
      hint: 'The file is nested too deeply, or no source at all. Its lines are indexed.',
    });
  }
}
