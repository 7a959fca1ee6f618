/** Joins what operations are given: clock, configuration, folders. */
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '#base/clock.ts';
import { resolveFolders } from '#base/folders.ts';
import type { ResolvedConfig } from '#config/resolve.ts';
import { PROJECT_FILE, resolveConfig } from '#config/resolve.ts';
import type { OperationCatalogue } from '#operations/operation.ts';
import type { Services } from '#operations/services.ts';

export interface ServiceRequest {
  readonly version: string;
  readonly configFlags: readonly string[];
  readonly operations: OperationCatalogue;
  readonly readInput: NonNullable<Services['readInput']>;
}

export function makeServices({ version, configFlags, operations, readInput }: ServiceRequest): Services {
  const environment = process.env;
  const workingFolder = process.cwd();
  const home = os.homedir();
  const platform = process.platform;
  const userFile = path.join(resolveFolders({ platform, environment, home }).configuration, 'config.json');
  const resolved = new Map<string | undefined, ResolvedConfig>();
  const configFor = (root?: string): ResolvedConfig => {
    let config = resolved.get(root);
    if (!config) {
      const projectFile = root === undefined ? undefined : path.join(root, PROJECT_FILE);
      config = resolveConfig({ userFile, projectFile, environment, flags: configFlags, workingFolder, home });
      resolved.set(root, config);
    }
    return config;
  };
  const folders = resolveFolders({ platform, environment, home, dataFolder: configFor().values.dataFolder });
  return {
    clock: systemClock,
    version,
    environment,
    workingFolder,
    operations,
    readInput,
    folders,
    configFor,
    serveModels: async (serving) => (await import('#doors/mcp/serve-models.ts')).serveModels(serving),
  };
}
