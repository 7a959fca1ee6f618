/**
 * Where code of a repository under study runs: the port that every runner implements. Nothing outside this room starts a
 * program of a repository under study.
 */

/** What a command may use. A runner enforces every one of them or refuses to open. */
export interface SandboxLimits {
  readonly wallMilliseconds: number;
  /** Resident memory of the whole process tree, in bytes. Never an address-space limit: Node reserves far more than it uses. */
  readonly memoryBytes: number;
  /** Processes and threads alive at once, as the kernel counts them: a Node process is about 11. */
  readonly processes: number;
  /** Processor time of the whole process tree. */
  readonly processorMilliseconds?: number;
  /** What the command may add to the tree, /tmp and home together. */
  readonly diskBytes: number;
  /** Of standard output and standard error together; what lies beyond is dropped and ends the command. */
  readonly outputBytes: number;
  readonly openFiles: number;
}

export type SandboxLimit = 'wall' | 'memory' | 'processes' | 'processor' | 'disk' | 'output';

/** Why a command ended. A command that the user or an abort signal stopped is `stopped`. */
export type SandboxExit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'limit'; readonly limit: SandboxLimit }
  | { readonly kind: 'stopped' };

export interface SandboxCommand {
  /** Found on the sandbox's PATH, or absolute inside it. Never read by a shell. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Relative to the tree; default: its root. */
  readonly folder?: string;
  /** Beside PATH, HOME, LANG, TZ and TMPDIR, which the sandbox sets. Nothing of Trowel's own environment is passed on. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Overrides of the sandbox's limits. */
  readonly limits?: Partial<SandboxLimits>;
}

export interface SandboxProcess {
  write(chunk: string | Uint8Array): void;
  endInput(): void;
  /** Chunks of standard output, as they come; ends with the command. Not read: it is kept, up to `outputBytes`. */
  readonly output: AsyncIterable<Uint8Array>;
  readonly errors: AsyncIterable<Uint8Array>;
  readonly exit: Promise<SandboxExit>;
  /** Ends the whole process tree; resolves when nothing of it is left. */
  stop(): Promise<void>;
}

export interface SandboxResult {
  readonly exit: SandboxExit;
  /** UTF-8, cut at `outputBytes`. */
  readonly output: string;
  readonly errors: string;
  readonly milliseconds: number;
  /** The process tree's highest resident memory, in bytes; undefined where the runner cannot tell. */
  readonly peakMemoryBytes: number | undefined;
}

/**
 * A work tree on which commands run one after the other or side by side: what one writes, the next sees. The host's folder is
 * never changed.
 */
export interface Sandbox {
  /**
   * The tree's root as commands see it: the same path as on the host, so that stack traces and configuration fit. Only runners
   * without a file system of their own (Seatbelt, a plain process) have another: that of the copy.
   */
  readonly root: string;
  run(command: SandboxCommand, signal?: AbortSignal): Promise<SandboxResult>;
  start(command: SandboxCommand, signal?: AbortSignal): Promise<SandboxProcess>;
  /** Paths relative to the tree; never through a link that leads out of it. Folders are made. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** As commands see it; undefined where it is not. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  removeFile(path: string): Promise<void>;
  /** Ends what still runs and removes all that the sandbox wrote. Safe to call twice. */
  close(): Promise<void>;
}

export interface SandboxRequest {
  /** Absolute folder of the host that becomes the writable, copy-on-write work tree. */
  readonly tree: string;
  /** Folders and files of the host that commands may read besides the system, at the same path: toolchains, caches. */
  readonly readable?: readonly string[];
  /** Folders of Trowel's own that commands may write, at the same path: packages that are installed aside. They stay. */
  readonly writable?: readonly string[];
  /** Folders that come first on the sandbox's PATH: the project's toolchain. */
  readonly searchPath?: readonly string[];
  /** Default `none`. `registries`: through a proxy that passes the package registries' hosts alone. */
  readonly network?: 'none' | 'registries';
  readonly limits?: Partial<SandboxLimits>;
  /** Trowel's data folder: where copies and written files lie while the sandbox is open, and where leftovers are looked for. */
  readonly dataFolder: string;
}

export type SandboxAvailability =
  | {
      readonly available: true;
      readonly version: string;
      /** What holds the number of processes and the memory of a command, in a few words. */
      readonly walls?: string;
    }
  | { readonly available: false; readonly reason: string; readonly hint: string };

export interface SandboxRunner {
  readonly name: string;
  availability(): Promise<SandboxAvailability>;
  /** Throws `sandbox-unavailable` where it cannot be had; removes what a killed Trowel left behind. */
  open(request: SandboxRequest, signal?: AbortSignal): Promise<Sandbox>;
}
