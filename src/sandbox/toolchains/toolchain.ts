/** An interpreter of the user's own with which a project runs. Found, never assumed; nothing of the project is run to find it. */
export interface Toolchain {
  /** Absolute, as inside the sandbox. */
  readonly program: string;
  /** `20.11.1`. */
  readonly version: string;
  /** The folder of its programs (npm, pip, console scripts). */
  readonly folder: string;
  /** What a sandbox must let commands read so that it works. */
  readonly readable: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Why this one, in words: `.venv of the project`, `.nvmrc`, `PATH`. */
  readonly because: string;
}

export interface ToolchainQuestion {
  readonly tree: string;
  /** A folder of the tree from which the project is looked at; default its root. */
  readonly folder?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export interface Candidate {
  readonly program: string;
  readonly because: string;
}
