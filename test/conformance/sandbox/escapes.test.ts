/**
 * A hostile program tries to get out. Each attempt is also made outside of the sandbox or in another way, so that a test that
 * cannot fail would be seen (positive controls).
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox, SandboxResult } from '#sandbox/sandbox.ts';
import type { Place } from './runners.ts';
import { forEachRunner, makePlace, shell } from './runners.ts';

const python = (sandbox: Sandbox, text: string): Promise<SandboxResult> =>
  sandbox.run({ program: 'python3', arguments: ['-c', text], limits: { wallMilliseconds: 20_000 } });

forEachRunner(
  'escapes',
  (runner) => {
    let place: Place;
    let sandbox: Sandbox;
    let hasPython: boolean;
    const closing: (() => void)[] = [];
    beforeAll(async () => {
      place = makePlace(runner);
      writeFileSync(path.join(place.outside, 'secret.txt'), 'the secret\n');
      symlinkSync(path.join(place.outside, 'secret.txt'), path.join(place.tree, 'absolute-link'));
      symlinkSync('../secret.txt', path.join(place.tree, 'relative-link'));
      symlinkSync(place.outside, path.join(place.tree, 'folder-link'));
      writeFileSync(path.join(place.outside, 'shared.txt'), 'shared\n');
      linkSync(path.join(place.outside, 'shared.txt'), path.join(place.tree, 'hard-link'));
      sandbox = await place.open();
      hasPython = (await shell(sandbox, 'command -v python3')).output !== '';
    });
    afterAll(async () => {
      for (const close of closing) close();
      await place.clear();
    });
    /** The attempts that succeed, all made in one command: to start a container takes a second. */
    const successes = async (attempts: readonly string[]): Promise<string[]> => {
      const script = attempts.map((attempt, at) => `if (${attempt}) >/dev/null 2>&1; then echo ${at}; fi`).join('\n');
      const { output, errors } = await shell(sandbox, `${script}\necho done`);
      expect(output, errors).toMatch(/done\n$/);
      return output
        .split('\n')
        .filter((line) => /^\d+$/.test(line))
        .map((line) => attempts[Number(line)]!);
    };
    const succeeded = ({ exit }: SandboxResult): boolean => exit.kind === 'exited' && exit.code === 0;

    it('writes nowhere but in the tree, /tmp and home', async () => {
      const files = [
        '/trowel-test',
        '/etc/trowel-test',
        '/usr/trowel-test',
        '/usr/bin/sh',
        '/etc/passwd',
        '/etc/hosts',
        '/dev/x',
        '/opt/x',
        '/run/x',
        '/lib/x',
        '/home/x',
      ];
      expect(await successes(files.map((file) => `echo x >> ${file}`))).toEqual([]);
      for (const file of ['/trowel-test', '/etc/trowel-test', '/usr/trowel-test'])
        expect(existsSync(file), file).toBe(false);
      await successes([`echo x > '${path.dirname(sandbox.root)}/beside'`]);
      expect(existsSync(path.join(place.outside, 'beside'))).toBe(false);
      const allowed = ['here', '/tmp/here', '"$HOME/here"'].map((file) => `echo x > ${file}`);
      expect(await successes(allowed)).toEqual(allowed);
      expect(existsSync('/tmp/here')).toBe(false);
      expect(existsSync(path.join(os.homedir(), 'here'))).toBe(false);
    });

    it('reads no secrets of the machine and of the user', async () => {
      const secrets = [
        '/etc/shadow',
        '/etc/gshadow',
        '/etc/ssh',
        '/root/.ssh',
        `${os.homedir()}/.ssh`,
        `${os.homedir()}/.bash_history`,
        `${os.homedir()}/.npmrc`,
        '/etc/ssl/private',
        '/var/log',
        '/var/lib',
        '/proc/kcore',
        '/proc/1/environ/../../../root/.ssh',
      ];
      const reading = secrets.map((file) => `{ cat ${file} || ls ${file}/; } 2>/dev/null | head -c 20 | grep -q .`);
      expect(await successes(reading)).toEqual([]);
      expect(await successes([reading[0]!.replaceAll('/etc/shadow', '/etc/passwd')])).toHaveLength(1);
      // The machine's accounts are nobody's business; the control shows that /etc/passwd can be read at all.
      const { output } = await shell(sandbox, 'cat /etc/passwd');
      expect(output).toContain('root');
      expect(output).not.toBe(readFileSync('/etc/passwd', 'utf8'));
    });

    it('follows no link out of the tree', async () => {
      expect(readFileSync(path.join(place.tree, 'absolute-link'), 'utf8')).toBe('the secret\n');
      const files = [
        'absolute-link',
        'relative-link',
        'folder-link/secret.txt',
        '../secret.txt',
        `${place.outside}/secret.txt`,
        '/proc/self/cwd/../secret.txt',
        '/proc/1/root/etc/shadow',
        '/proc/1/cwd/../secret.txt',
      ];
      expect(await successes(files.map((file) => `grep -q . '${file}'`))).toEqual([]);
      expect(await successes(["grep -q . 'notes.txt'"])).toHaveLength(1);
      // What it writes into a file with a second name outside stays inside.
      await shell(sandbox, 'echo changed > hard-link');
      expect(readFileSync(path.join(place.outside, 'shared.txt'), 'utf8')).toBe('shared\n');
    });

    it('cannot make us read or write through a link', async () => {
      await shell(
        sandbox,
        `ln -s ${place.outside} out; ln -s /etc/passwd account; mkfifo pipe; ln -s folder inside; ln -s loop loop; mkdir -p deep/er; ln -s ../../.. deep/er/up`,
      );
      for (const file of [
        'out/secret.txt',
        'account',
        'absolute-link',
        'relative-link',
        'folder-link/secret.txt',
        'loop',
        'deep/er/up/etc/passwd',
      ])
        await expect(sandbox.readFile(file), file).rejects.toMatchObject({ code: 'usage' });
      for (const file of ['../x', '/etc/passwd', '', '.', 'a/../../x', 'a\0b'])
        await expect(sandbox.readFile(file), file).rejects.toMatchObject({ code: 'usage' });
      expect(await sandbox.readFile('pipe')).toBeUndefined();
      await expect(sandbox.writeFile('out/planted', 'x')).rejects.toMatchObject({ code: 'usage' });
      await expect(sandbox.writeFile('account', 'x')).rejects.toMatchObject({ code: 'usage' });
      expect(existsSync(path.join(place.outside, 'planted'))).toBe(false);
      // Removing takes the link, not what it leads to.
      await sandbox.removeFile('out');
      await sandbox.removeFile('folder-link');
      expect(existsSync(path.join(place.outside, 'secret.txt'))).toBe(true);
      expect(Buffer.from((await sandbox.readFile('inside/inner.txt'))!).toString()).toBe('inner\n');
    });

    it('cannot exchange a folder for a link while we write', async () => {
      mkdirSync(path.join(place.outside, 'target'));
      const racer = await sandbox.start({
        program: 'sh',
        arguments: [
          '-c',
          `while :; do mkdir -p race; rm -rf race; ln -s ${place.outside}/target race; rm -f race; done`,
        ],
      });
      for (let attempt = 0; attempt < 300; attempt++) await sandbox.writeFile('race/planted', 'x').catch(() => {});
      for (let attempt = 0; attempt < 50; attempt++) await sandbox.removeFile('race').catch(() => {});
      await racer.stop();
      expect(existsSync(path.join(place.outside, 'target'))).toBe(true);
      expect(existsSync(path.join(place.outside, 'target/planted'))).toBe(false);
    });

    it('reaches no network and no service of this machine', async ({ skip }) => {
      if (!hasPython) skip('no python3 inside');
      const server = createServer((socket) => socket.end('hello'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => server.close());
      const { port } = server.address() as { port: number };
      const abstractName = `trowel-test-${process.pid}`;
      const abstract = spawn(
        'python3',
        [
          '-c',
          `
import socket, time
s = socket.socket(socket.AF_UNIX); s.bind("\\0${abstractName}"); s.listen(); print("up", flush=True); time.sleep(60)`,
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      closing.push(() => abstract.kill('SIGKILL'));
      await new Promise((resolve) => abstract.stdout.once('data', resolve));
      const attempts = {
        loopback: `s = socket.create_connection(("127.0.0.1", ${port}), 2)`,
        abstract: `s = socket.socket(socket.AF_UNIX); s.connect("\\0${abstractName}")`,
      };
      const outer = {
        address: 's = socket.create_connection(("1.1.1.1", 53), 2)',
        name: 'socket.getaddrinfo("example.com", 80)',
        metadata: 's = socket.create_connection(("169.254.169.254", 80), 2)',
        udp: 's = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b"x", ("1.1.1.1", 53))',
        hypervisor: 's = socket.socket(40, socket.SOCK_STREAM); s.settimeout(2); s.connect((2, 1024))',
        raw: 's = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)',
        docker: 's = socket.socket(socket.AF_UNIX); s.connect("/var/run/docker.sock")',
      };
      for (const [name, attempt] of Object.entries(attempts))
        expect(execFileSync('python3', ['-c', `import socket\n${attempt}\nprint("reached")`]).toString(), name).toBe(
          'reached\n',
        );
      const all = Object.entries({ ...attempts, ...outer });
      const text = all.map(
        ([name, attempt]) =>
          `try:\n    ${attempt}\n    print("reached ${name}")\nexcept OSError as error: print("refused")`,
      );
      const { output, errors } = await python(sandbox, `import socket\n${text.join('\n')}`);
      expect(output, errors).toBe('refused\n'.repeat(all.length));
      // Its own loopback works: test suites start servers.
      const own = await python(
        sandbox,
        'import socket\ns = socket.create_server(("127.0.0.1", 0))\nsocket.create_connection(s.getsockname())\nprint("own")',
      );
      expect(own.output).toBe('own\n');
    });

    it('sees and signals no process but its own', async () => {
      const { output } = await shell(sandbox, 'for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline; echo; done');
      expect(output).not.toMatch(/vitest|node /);
      const victim = spawn('sleep', ['60']);
      closing.push(() => victim.kill('SIGKILL'));
      const targets = [victim.pid!, process.pid, process.ppid].filter((target) => target > 1000);
      expect(await successes(targets.map((target) => `kill -9 ${target}`))).toEqual([]);
      await shell(sandbox, 'kill -9 -1; kill -9 1; kill -9 0; kill -9 $PPID');
      expect(victim.exitCode).toBeNull();
      expect(victim.signalCode).toBeNull();
      process.kill(victim.pid!, 0);
      // Other commands of the same sandbox are not reached either.
      const other = await sandbox.start({ program: 'sleep', arguments: ['60'] });
      await shell(sandbox, 'kill -9 -1');
      expect(succeeded(await shell(sandbox, 'true'))).toBe(true);
      await other.stop();
      expect(await other.exit).toEqual({ kind: 'stopped' });
    });

    it('has no capability, no new privileges, and a filter', async () => {
      const { output } = await shell(sandbox, 'cat /proc/self/status');
      for (const name of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
        expect(output, name).toMatch(new RegExp(`^${name}:\\s+0{16}$`, 'm'));
      expect(output).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(output).toMatch(/^Seccomp:\s+2$/m);
      expect((await shell(sandbox, 'id -u')).output).not.toBe('0\n');
    });

    it('gets no more rights by setuid programs', async () => {
      const attempts = [
        'su -c true root',
        'sudo -n true',
        'cp "$(command -v id)" /tmp/id && chmod 4755 /tmp/id && [ "$(/tmp/id -u)" = 0 ]',
        'mount -t tmpfs x /tmp',
        'chroot / true',
        'mknod /tmp/disk b 8 0 && cat /tmp/disk',
        'unshare -r true',
        'unshare -m true',
        'nsenter -t 1 -m true',
      ];
      expect(await successes(attempts)).toEqual([]);
    });

    it('makes no system call that the filter refuses', async ({ skip }) => {
      if (!hasPython) skip('no python3 inside');
      // Errors: 1 EPERM, 38 ENOSYS; a call that came through would say something else.
      const numbers: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
        ptrace: [101, 117],
        mount: [165, 40],
        umount2: [166, 39],
        unshare: [272, 97],
        setns: [308, 268],
        keyctl: [250, 219],
        add_key: [248, 217],
        bpf: [321, 280],
        userfaultfd: [323, 282],
        perf_event_open: [298, 241],
        kexec_load: [246, 104],
        init_module: [175, 105],
        process_vm_readv: [310, 270],
        io_uring_setup: [425, 425],
        clone3: [435, 435],
        open_by_handle_at: [304, 265],
        pidfd_getfd: [438, 438],
        memfd_create: [319, 279],
        shmget: [29, 194],
        move_mount: [429, 429],
        fsopen: [430, 430],
      };
      const at = process.arch === 'arm64' ? 1 : 0;
      const calls = Object.entries(numbers).map(([name, pair]) => `("${name}", ${pair[at]})`);
      const text = `
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for name, number in [${calls.join(', ')}]:
    ctypes.set_errno(0)
    answer = libc.syscall(number, 0x10000000, 0, 0, 0, 0, 0)
    print(name, answer, ctypes.get_errno())
print("getpid", libc.syscall(${at === 1 ? 172 : 39}) > 0)`;
      const { output, errors } = await python(sandbox, text);
      for (const name of Object.keys(numbers)) expect(output, errors).toMatch(new RegExp(`^${name} -1 (1|38)$`, 'm'));
      expect(output).toContain('getpid True');
    });

    it('types nothing into our terminal', async ({ skip }) => {
      if (!hasPython) skip('no python3 inside');
      const text = `
import fcntl, os, pty
master, slave = pty.openpty()
os.setsid()
fcntl.ioctl(slave, 0x540E, 0)  # TIOCSCTTY: a terminal of our own, on which TIOCSTI would be allowed
for request in (0x5412, 0x541C, 0x100005412):
    try:
        fcntl.ioctl(slave, request & 0xFFFFFFFF, b"x")
        print("typed")
    except OSError as error:
        print(error.errno)
fcntl.ioctl(slave, 0x5413, b"00000000")  # TIOCGWINSZ: other requests pass
print("window")`;
      const { output, errors } = await python(
        sandbox,
        `import os\nif os.fork() == 0:\n${text.replaceAll('\n', '\n    ')}\nelse: os.wait()`,
      );
      expect(output, errors).not.toContain('typed');
      expect(output, errors).toContain('window');
      expect((await shell(sandbox, 'exec 3<>/dev/tty')).exit).not.toEqual({ kind: 'exited', code: 0 });
    });

    it('changes nothing in /proc and /sys', async () => {
      const files = [
        '/proc/sys/kernel/core_pattern',
        '/proc/sys/vm/drop_caches',
        '/proc/sys/kernel/hostname',
        '/proc/sysrq-trigger',
        '/sys/kernel/uevent_helper',
        '/sys/fs/cgroup/cgroup.procs',
        '/proc/self/uid_map',
        '/proc/self/attr/current',
        '/proc/1/mem',
      ];
      expect(await successes(files.map((file) => `echo 0 > ${file}`))).toEqual([]);
      expect(await successes(['cat /proc/self/stat'])).toHaveLength(1);
    });

    it('talks to devices no more than any program may', async () => {
      const { output } = await shell(sandbox, 'ls /dev');
      expect(output).not.toMatch(/^(sd|vd|nvme|mem|kmsg|kvm|fuse|loop|dri|snd|input|vsock)/m);
      expect(output).toContain('null');
      expect(succeeded(await shell(sandbox, 'head -c 8 /dev/urandom > /dev/null'))).toBe(true);
    });

    it('inherits no descriptor that whoever started us left open', async ({ skip }) => {
      if (runner.name === 'container') skip('an engine starts its programs itself');
      const secret = openSync(path.join(place.outside, 'secret.txt'), 'r');
      const holes = Array.from({ length: 197 }, () => 'ignore' as const);
      const child = spawn(
        process.execPath,
        [path.join(import.meta.dirname, 'list-descriptors.ts'), runner.name, place.tree, place.dataFolder],
        { stdio: ['ignore', 'pipe', 'inherit', ...holes, secret] },
      );
      let said = '';
      child.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await new Promise((resolve) => child.once('close', resolve));
      closeSync(secret);
      const { inherited, seen } = JSON.parse(said) as { inherited: string; seen: string };
      expect(inherited).toContain('secret.txt');
      expect(seen).toContain('/proc/');
      expect(seen).not.toContain('secret.txt');
    });

    it('cannot disturb the next command', async () => {
      await shell(sandbox, 'rm -rf ./* ./.[a-z]* /tmp/* "$HOME"/*; rmdir /tmp "$HOME"');
      const after = await shell(sandbox, 'pwd; echo x > new; cat new; echo $HOME; ls -d /tmp "$HOME"');
      expect(after.output).toContain('x\n');
      expect(existsSync(path.join(place.tree, 'notes.txt'))).toBe(true);
    });
  },
  { protectingOnly: true },
);
