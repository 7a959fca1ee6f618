/** What all files' systems share. */
import type { FileEntry } from '../file-entry.ts';
import type { ModuleResolver } from '../modules/module-resolver.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Exchange } from './exchange.ts';
import type { Linearizations } from './linearizations.ts';
import type { NameTable, ObjectTable } from './objects.ts';
import type { Program } from './program.ts';
import type { FlowSystem } from './system.ts';

/** What a constraint does with an object. */
export type Operate = (
  system: FlowSystem,
  kind: number,
  object: number,
  a: number,
  b: number,
  c: number,
  d: number,
) => void;

export interface SystemInput {
  readonly operate: Operate;
  readonly names: NameTable;
  readonly objects: ObjectTable;
  readonly dialect: (system: FlowSystem) => Dialect;
  readonly exchange: Exchange;
  /** Copies of one factory at most (Copies); 0 for none. */
  readonly mostCopies: number;
  readonly linearizations: Linearizations;
  readonly program: (number: number) => Program | undefined;
  readonly find: (path: string) => FileEntry | undefined;
  readonly resolver: ModuleResolver | undefined;
}
