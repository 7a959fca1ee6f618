import { expect, it } from 'vitest';
import { candidatePlaces } from './find-places.ts';

const mount = (root: string, folder: string, type: string, options: string): string =>
  `30 25 0:26 ${root} ${folder} rw,nosuid shared:9 - ${type} ${type} rw,${options}\n`;

it('of the first version, each controller has a tree of its own', () => {
  const mounts =
    mount('/', '/sys/fs/cgroup/pids', 'cgroup', 'pids') + mount('/', '/sys/fs/cgroup/memory', 'cgroup', 'memory');
  const own = '9:name=systemd:/\n8:pids:/user.slice\n4:memory:/jobs/7\n0::/\n';
  expect(candidatePlaces(mounts, own)).toEqual([
    { folder: '/sys/fs/cgroup/pids/user.slice', version: 1, controllers: ['pids'] },
    { folder: '/sys/fs/cgroup/memory/jobs/7', version: 1, controllers: ['memory'] },
  ]);
});

it('of the second, our group comes first and then those above it', () => {
  const places = candidatePlaces(
    mount('/', '/sys/fs/cgroup', 'cgroup2', 'nsdelegate'),
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/it.scope\n',
  );
  expect(places.map(({ folder }) => folder.replace('/sys/fs/cgroup', ''))).toEqual([
    '/user.slice/user-1000.slice/user@1000.service/app.slice/it.scope',
    '/user.slice/user-1000.slice/user@1000.service/app.slice',
    '/user.slice/user-1000.slice/user@1000.service',
    '/user.slice/user-1000.slice',
    '/user.slice',
    '',
  ]);
  expect(places.every(({ version, controllers }) => version === 2 && controllers.join() === 'pids,memory')).toBe(true);
});

it('both side by side: the second version has what the first has not', () => {
  const mounts = mount('/', '/c/pids', 'cgroup', 'pids') + mount('/', '/c/unified', 'cgroup2', 'x');
  expect(candidatePlaces(mounts, '8:pids:/a\n0::/\n')).toEqual([
    { folder: '/c/pids/a', version: 1, controllers: ['pids'] },
    { folder: '/c/unified', version: 2, controllers: ['memory'] },
  ]);
});

it('a container sees its own group at the mount, whatever the path says', () => {
  const inside = mount('/docker/ab12', '/sys/fs/cgroup/pids', 'cgroup', 'pids');
  expect(candidatePlaces(inside, '8:pids:/docker/ab12\n')[0]!.folder).toBe('/sys/fs/cgroup/pids/');
  expect(candidatePlaces(inside, '8:pids:/docker/ab12/inner\n')[0]!.folder).toBe('/sys/fs/cgroup/pids/inner');
  expect(candidatePlaces(inside, '8:pids:/elsewhere\n')).toEqual([]);
  expect(candidatePlaces(mount('/', '/a\\040b', 'cgroup', 'pids'), '8:pids:/\n')[0]!.folder).toBe('/a b/');
});

it('nothing where there are none', () => {
  expect(candidatePlaces('', '')).toEqual([]);
  expect(candidatePlaces('22 1 0:20 / /sys rw - sysfs sysfs rw\n', '0::/\n')).toEqual([]);
});
