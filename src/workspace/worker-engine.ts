/**
 * How V8 is set while parse workers run. A worker lives for seconds and runs some hundred functions a few thousand times each:
 * what V8 spends on compiling them, twice where there are two workers, was more than a third of a first dig. The settings are
 * the process's, so they hold for the main thread, too, until the workers have ended.
 */
import { setFlagsFromString } from 'node:v8';

/** Each with what V8 has by default. */
const settings: readonly (readonly [name: string, whileWorking: string, otherwise: string])[] = [
  // A loop over a file's text or nodes ends soon and comes again with the next file: its function is compiled whole then,
  // instead of once more for each place in which a loop grew hot.
  ['use-osr', 'no', 'yes'],
  // Code with much put in line runs little faster here, and takes several times as long to compile.
  ['max-inlined-bytecode-size', '120', '460'],
  ['max-inlined-bytecode-size-cumulative', '120', '920'],
  ['invocation-count-for-turbofan', '10000', '3000'],
  // Between two files no instance of the extractors' classes is alive. Were their shapes collected, all code that was
  // compiled for them would go with them.
  ['retain-maps-for-n-gc', '1000000', '2'],
  // In megabytes. Each file's facts are garbage soon after; a young generation that grows step by step copies them around.
  ['min-semi-space-size', '8', '0'],
  ['initial-old-space-size', '128', '0'],
];

let users = 0;

/** Returns the way back, to be called once. */
export function setEngineForWorkers(): () => void {
  if (users++ === 0) apply(1);
  return () => {
    if (--users === 0) apply(2);
  };
}

function apply(column: 1 | 2): void {
  for (const setting of settings) {
    const [name, value] = [setting[0], setting[column]];
    setFlagsFromString(value === 'no' ? `--no-${name}` : value === 'yes' ? `--${name}` : `--${name}=${value}`);
  }
}
