/** A project on disk that a test edits, with its own data folder. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configOf } from '../../src/config/schema.ts';
import { canonicalDump } from '../../src/index/canonical-dump.ts';
import { type OpenedWorkspace, openWorkspace, type OpenRequest } from '../../src/workspace/open-workspace.ts';

export class TreeFixture {
  readonly folder: string;
  readonly root: string;
  readonly data: string;

  constructor() {
    this.folder = mkdtempSync(path.join(tmpdir(), 'trowel-test-'));
    this.root = path.join(this.folder, 'tree');
    this.data = path.join(this.folder, 'data');
    mkdirSync(path.join(this.root, '.git'), { recursive: true });
  }

  write(file: string, text: string | Uint8Array): void {
    const place = path.join(this.root, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  remove(file: string): void {
    rmSync(path.join(this.root, file), { recursive: true, force: true });
  }

  /** Makes the tree hold exactly these files. */
  become(files: ReadonlyMap<string, string>): void {
    for (const name of readdirSync(this.root)) if (name !== '.git') this.remove(name);
    for (const [file, text] of files) this.write(file, text);
  }

  open(options: Partial<OpenRequest> = {}): Promise<OpenedWorkspace> {
    return openWorkspace({
      path: this.root,
      workingFolder: this.root,
      dataFolder: this.data,
      environment: {},
      configFor: () => testConfig,
      patience: 30_000,
      ...options,
    });
  }

  /** The canonical dump of the index, brought up to date first. */
  async dump(options: Partial<OpenRequest> = {}): Promise<string> {
    const { snapshot } = await this.open(options);
    try {
      return [...canonicalDump(snapshot)].join('\n');
    } finally {
      snapshot.close();
    }
  }

  /** The dump of an index made from nothing, in a data folder of its own. */
  async freshDump(): Promise<string> {
    const data = path.join(this.folder, 'fresh');
    rmSync(data, { recursive: true, force: true });
    return this.dump({ dataFolder: data });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const testConfig = configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check: {} });
