import type { SandboxExit } from '#sandbox/sandbox.ts';

const limits: Readonly<Record<string, string>> = {
  wall: 'it ran longer than allowed',
  processor: 'it used more processor time than allowed',
  memory: 'it used more memory than allowed',
  processes: 'it wanted more processes and threads at once than allowed',
  disk: 'it wrote more to disk than allowed',
  output: 'it printed more than allowed',
};

/** How a command ended, as words that follow "ended:". */
export function exitText(exit: SandboxExit): string {
  switch (exit.kind) {
    case 'exited':
      return exit.code === 0 ? 'it succeeded' : `exit code ${exit.code}`;
    case 'signalled':
      return `it was ended by ${exit.signal}`;
    case 'stopped':
      return 'it was stopped';
    case 'limit':
      return limits[exit.limit] ?? exit.limit;
  }
}
