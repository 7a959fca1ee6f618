/** The commands of an open sandbox, and its end: alike for all runners. */
import type { WatchedProcess } from './watched-process.ts';

export interface RunningCommands {
  /** Knows a command until it has ended; gives it back. */
  add(command: WatchedProcess): WatchedProcess;
  /** Ends what still runs, then calls `release`; once, however often it is asked. */
  close(): Promise<void>;
}

export function runningCommands(release: () => Promise<unknown>): RunningCommands {
  const running = new Set<WatchedProcess>();
  let closing: Promise<void> | undefined;
  return {
    add(command) {
      running.add(command);
      void command.exit.then(() => running.delete(command));
      return command;
    },
    close() {
      closing ??= (async () => {
        await Promise.all([...running].map((command) => command.stop()));
        await release();
      })();
      return closing;
    },
  };
}
