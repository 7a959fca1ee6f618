/** What programs need to know of the system, without what is nobody's business: accounts and hosts are our own. */

/** Of /etc; none holds a secret. `ssl/certs` and `alternatives` are mounted beside them. */
export const systemFiles: readonly string[] = [
  'ld.so.cache',
  'ld.so.conf',
  'localtime',
  'timezone',
  'mime.types',
  'magic',
  'os-release',
  'debian_version',
  'protocols',
  'services',
  'shells',
  'locale.alias',
  'inputrc',
].map((name) => `/etc/${name}`);

/** Folders outside /usr where systems keep programs and libraries. */
export const systemFolders: readonly string[] = ['/opt', '/nix/store', '/gnu/store'];

/** Since the merge of /usr these are links; before it, folders. */
export const systemLinks: readonly string[] = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

export function accountFiles(user: number, group: number): Readonly<Record<string, string>> {
  return {
    passwd: `root:x:0:0:root:/nonexistent:/bin/sh\nsandbox:x:${user}:${group}:sandbox:/home/sandbox:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n`,
    group: `root:x:0:\nsandbox:x:${group}:\nnogroup:x:65534:\n`,
    hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
    hostname: 'sandbox\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
    'host.conf': 'multi on\n',
  };
}
