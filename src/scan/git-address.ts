import { TrowelError } from '#base/errors.ts';

/** Where a repository can be cloned from. */
export interface GitAddress {
  /** What git is given, stored and shown: without credentials. */
  readonly url: string;
  /** Branch, tag or commit after `#`. */
  readonly revision: string | undefined;
  /** Given in the address; handed to git in its environment only. */
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  readonly protocol: 'http' | 'https' | 'ssh' | 'git' | 'file';
  /** The repository's own name, safe as a file name. */
  readonly name: string;
}

const schemes = new Set(['http', 'https', 'ssh', 'git', 'file']);
/** Characters of branch and tag names that need no quoting anywhere. */
const revisionPattern = /^[\p{L}\p{N}_][\p{L}\p{N}_./@+=#-]*$/u;

/** Undefined: not an address but, it seems, a local path. Addresses that Trowel will not use raise `usage`. */
export function parseGitAddress(text: string): GitAddress | undefined {
  const refuse = (message: string, hint: string): never => {
    throw new TrowelError('usage', message, { hint });
  };
  // Transport helpers (`ext::sh -c …`) run commands.
  if (/^[A-Za-z0-9+.-]+::/.test(text))
    return refuse('Addresses of the form helper::… are not taken.', 'Give an https, ssh, git or file address.');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  const isShort =
    scheme === undefined &&
    /^(?:[\w.-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+):(?!\/\/)[^\s\\]+$/.test(text) &&
    !/^[A-Za-z]:[\\/]/.test(text);
  if (scheme === undefined && !isShort) return undefined;
  if (/[\0-\x20\x7f]/.test(text))
    return refuse('The address holds spaces or control characters.', 'Check what was pasted.');

  const cut = text.indexOf('#');
  const address = cut < 0 ? text : text.slice(0, cut);
  const revision = cut < 0 || cut === text.length - 1 ? undefined : text.slice(cut + 1);
  if (
    revision !== undefined &&
    (!revisionPattern.test(revision) || revision.includes('..') || revision.endsWith('.lock'))
  )
    return refuse(`${revision} is no name of a branch, tag or commit.`, 'Write address#branch.');
  if (isShort) {
    if (address.startsWith('-') || /:-/.test(address))
      return refuse('The address starts with a dash.', 'Check what was pasted.');
    return { url: address, revision, credentials: undefined, protocol: 'ssh', name: folderName(address) };
  }
  if (scheme === undefined || !schemes.has(scheme))
    return refuse(`Trowel does not clone over ${scheme ?? 'this'}.`, 'Give an https, ssh, git or file address.');
  const protocol = scheme as GitAddress['protocol'];
  if (protocol === 'file')
    return { url: address, revision, credentials: undefined, protocol, name: folderName(address) };
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return refuse('This is no valid address.', 'Check what was pasted.');
  }
  if (url.hostname === '' || url.hostname.startsWith('-') || decodeURIComponent(url.username).startsWith('-'))
    return refuse('The address names no host.', 'Check what was pasted.');
  const user = safeDecode(url.username);
  const password = safeDecode(url.password);
  url.password = '';
  url.search = '';
  // In ssh the user is part of the address; over http a lone user is often a token.
  const isHttp = protocol === 'http' || protocol === 'https';
  if (isHttp) url.username = '';
  return {
    url: url.href,
    revision,
    credentials: isHttp && user !== '' ? { user, password } : undefined,
    protocol,
    name: folderName(url.pathname),
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function folderName(address: string): string {
  const last =
    address
      .replace(/[/\\]+$/, '')
      .replace(/\/?\.git$/, '')
      .split(/[/:\\]/)
      .at(-1) ?? '';
  return (
    last
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 60) || 'repository'
  );
}

/** Whatever looks like credentials in a text that goes to a person or a file. */
export function withoutCredentials(text: string, address?: GitAddress): string {
  let clean = text.replace(/([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/\s@]+@/g, '$1');
  for (const secret of [address?.credentials?.password, address?.credentials?.user])
    if (secret !== undefined && secret.length > 3) clean = clean.replaceAll(secret, '…');
  return clean;
}
