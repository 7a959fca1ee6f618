/** What a registry says of a package, before anything of it is fetched. */
import { registryHosts } from '#sandbox/registry-hosts.ts';
import type { Proposal } from './propose-package.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT = 15_000;
const DAY = 86_400_000;
/** Names that were registered to deceive are mostly found within weeks. */
const YOUNGEST_DAYS = 30;
const FEWEST_DOWNLOADS = 300;

export interface RegistryQuestion {
  readonly environment: Environment;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Why a package should not be installed unseen; undefined where nothing speaks against it. */
export async function registryDoubt(proposal: Proposal, question: RegistryQuestion): Promise<string | undefined> {
  try {
    return await (proposal.ecosystem === 'npm' ? npmDoubt(proposal, question) : pythonDoubt(proposal, question));
  } catch (error) {
    question.signal.throwIfAborted();
    return `the registry could not be asked about it (${error instanceof Error ? error.message : String(error)})`;
  }
}

async function npmDoubt(
  proposal: Proposal,
  { environment, now, signal }: RegistryQuestion,
): Promise<string | undefined> {
  const base = registryHosts(environment).environment['npm_config_registry'] ?? 'https://registry.npmjs.org/';
  const name = proposal.package.replace('/', '%2f');
  const found = await json(new URL(name, base.endsWith('/') ? base : `${base}/`), signal);
  if (found === undefined) return 'the registry has no such package';
  const { time, 'dist-tags': tags } = found as { time?: { created?: string }; 'dist-tags'?: { latest?: string } };
  if (tags?.latest === undefined) return 'the registry has no version of it';
  if (/-security\b|^0\.0\.1-security/.test(tags.latest)) return 'the registry took it down as a danger';
  const young = youth(time?.created, now);
  if (young !== undefined) return young;
  const downloads = await json(new URL(`https://api.npmjs.org/downloads/point/last-week/${name}`), signal).catch(
    () => undefined,
  );
  const count = (downloads as { downloads?: number } | undefined)?.downloads;
  return count !== undefined && count < FEWEST_DOWNLOADS ? `only ${count} people fetched it last week` : undefined;
}

async function pythonDoubt(
  proposal: Proposal,
  { environment, now, signal }: RegistryQuestion,
): Promise<string | undefined> {
  const index = registryHosts(environment).environment['PIP_INDEX_URL'];
  if (index !== undefined && new URL(index).hostname !== 'pypi.org') {
    const answer = await ask(new URL(`${proposal.package}/`, index.endsWith('/') ? index : `${index}/`), signal);
    return answer.ok ? undefined : 'the index has no such package';
  }
  const found = await json(new URL(`https://pypi.org/pypi/${proposal.package}/json`), signal);
  if (found === undefined) return 'the index has no such package';
  const { releases } = found as { releases?: Readonly<Record<string, readonly { upload_time_iso_8601?: string }[]>> };
  const times = Object.values(releases ?? {}).flatMap((files) => files.map((file) => file.upload_time_iso_8601));
  const first = times.filter((time) => time !== undefined).sort()[0];
  return first === undefined ? 'the index has no file of it' : youth(first, now);
}

function youth(created: string | undefined, now: number): string | undefined {
  const days = created === undefined ? Number.NaN : (now - Date.parse(created)) / DAY;
  return days < YOUNGEST_DAYS ? `it was first published ${Math.max(0, Math.floor(days))} days ago` : undefined;
}

function ask(url: URL, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  });
}

/** Undefined where there is none of that name. */
async function json(url: URL, signal: AbortSignal): Promise<unknown> {
  const answer = await ask(url, signal);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}
