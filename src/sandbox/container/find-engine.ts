import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunnerSettings } from '../registry.ts';
import type { Engine } from './engine.ts';
import { engineAt } from './engine.ts';

export interface FoundEngine {
  readonly engine: Engine;
  readonly socket: string;
  /** `Docker 27.1`, `Podman Engine 4.3.1`. */
  readonly version: string;
  readonly isPodman: boolean;
  /** Its root is an ordinary user of this machine. */
  readonly isRootless: boolean;
}

export type EngineSearch =
  ({ readonly found: true } & FoundEngine) | { readonly found: false; readonly reason: string; readonly hint: string };

/** The first socket that answers: the one that is set, DOCKER_HOST, then where Docker and Podman put theirs. */
export async function findEngine({ environment = {}, socket }: RunnerSettings): Promise<EngineSearch> {
  const host = environment['DOCKER_HOST'];
  const runtime = environment['XDG_RUNTIME_DIR'];
  const home = os.homedir();
  const places =
    socket === undefined
      ? [
          ...(host?.startsWith('unix://') ? [host.slice('unix://'.length)] : []),
          '/var/run/docker.sock',
          ...(runtime === undefined
            ? []
            : [path.join(runtime, 'docker.sock'), path.join(runtime, 'podman/podman.sock')]),
          path.join(home, '.docker/run/docker.sock'),
          '/run/podman/podman.sock',
        ]
      : [socket];
  const present = places.filter((place) => existsSync(place));
  let refusal = '';
  for (const place of present) {
    try {
      return { found: true, socket: place, ...(await examine(place)) };
    } catch (error) {
      refusal = `${place}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return {
    found: false,
    reason: present.length === 0 ? 'neither Docker nor Podman listens' : `the engine does not answer (${refusal})`,
    hint: 'Start Docker, or `podman system service` (systemctl --user start podman.socket).',
  };
}

async function examine(socket: string): Promise<Omit<FoundEngine, 'socket'>> {
  const engine = engineAt(socket);
  const { body: version } = await engine.ask('GET', '/version');
  const { body: information } = await engine.ask('GET', '/info');
  const { Version, Components } = version as { Version?: string; Components?: readonly { Name?: string }[] };
  const { SecurityOptions } = information as { SecurityOptions?: readonly string[] | null };
  const isPodman = (Components ?? []).some(({ Name }) => Name?.startsWith('Podman') ?? false);
  return {
    engine,
    isPodman,
    version: `${isPodman ? 'Podman' : 'Docker'} ${Version ?? ''}`.trim(),
    isRootless: (SecurityOptions ?? []).some((option) => option.includes('rootless')),
  };
}
