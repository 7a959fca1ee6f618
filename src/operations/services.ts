import type { Clock } from '#base/clock.ts';
import type { Folders } from '#base/folders.ts';
import type { ResolvedConfig } from '#config/resolve.ts';
import type { OpenedWorkspace } from '#workspace/open-workspace.ts';
import type { OperationCatalogue, OperationContext } from './operation.ts';

/** What operations are given by `main.ts`; each takes only what it uses. */
export interface Services {
  readonly clock: Clock;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was given. */
  readonly workingFolder: string;
  /** All operations: for those that speak about the others. */
  readonly operations: OperationCatalogue;
  /** Where indexes and configuration lie, with flags, environment and the user's configuration applied. */
  readonly folders: Folders;
  /** The settings that hold for a repository; without its root, those of the user and the environment alone. */
  configFor(root?: string): ResolvedConfig;
  /** Standard input as text, at most so many bytes; absent where nobody types or pipes. Throws `too-large`. */
  readonly readInput?: (mostBytes: number) => Promise<string>;
  /** In a process that stays: trees that are kept open. Without it, each operation opens what it reads. */
  readonly openResident?: (
    path: string | undefined,
    context: Pick<OperationContext, 'emit' | 'signal'>,
  ) => Promise<OpenedWorkspace>;
  /** Serves the operations to models; resolves when the clients have gone. */
  readonly serveModels?: (serving: ModelServing) => Promise<void>;
}

/** What the MCP door is given. */
export interface ModelServing {
  /** With `openResident`: paths are confined to the folders that are served. */
  readonly services: Services;
  /** Operations with other effects than reading are offered, too. */
  readonly allowWrite: boolean;
  /** Undefined: standard input and output. */
  readonly http: ModelHttp | undefined;
  /** The client says which folders it works in: nothing outside of them is served from then on. Absolute paths. */
  setRoots(roots: readonly string[]): void;
  /** Opens the first folder before it is asked for. */
  warmUp(): Promise<void>;
  /** A file as it is indexed; undefined where it is not. */
  readFile(
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly language: string } | undefined>;
  /** Paths of indexed files that start so. */
  completePath(start: string, limit: number): Promise<readonly string[]>;
  readonly emit: OperationContext['emit'];
  readonly signal: AbortSignal;
}

export interface ModelHttp {
  readonly host: string;
  readonly port: number;
  /** Clients must send it as a bearer token. */
  readonly token: string | undefined;
  /** Names under which the server may be addressed besides those of the machine itself. */
  readonly allowedHosts: readonly string[];
}
