import type { RunnerSettings } from './registry.ts';
import { registryHosts } from './registry-hosts.ts';
import type { RegistryProxy } from './registry-proxy.ts';
import { openRegistryProxy } from './registry-proxy.ts';

export interface OpenRegistries {
  readonly proxy: RegistryProxy;
  readonly environment: Readonly<Record<string, string>>;
}

/** The proxy of one sandbox, in its folder. */
export async function openRegistries({ environment = {} }: RunnerSettings, folder: string): Promise<OpenRegistries> {
  const hosts = registryHosts(environment);
  const upstream = environment['https_proxy'] ?? environment['HTTPS_PROXY'];
  return {
    proxy: await openRegistryProxy({ folder, allowed: hosts.allowed, upstream }),
    environment: hosts.environment,
  };
}
