/** With `registries`, a program reaches the user's registries through the proxy, and nothing else. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadRunner } from '#sandbox/registry.ts';
import type { Place } from './runners.ts';
import { forEachRunner, makePlace } from './runners.ts';

forEachRunner(
  'registries',
  (_, { name, settings }) => {
    let place: Place;
    let port: number;
    const server = createServer((request, response) => response.end(`served ${request.url}`));
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      ({ port } = server.address() as { port: number });
      const environment = { npm_config_registry: `http://user:secret@127.0.0.1:${port}/` };
      place = makePlace(await loadRunner(name, { ...settings, environment }));
    });
    afterAll(async () => {
      server.close();
      await place.clear();
    });

    it('are reached, and nothing beside them', async ({ skip }) => {
      const sandbox = await place.open({ network: 'registries' });
      const text = `
import os, socket, time
def ask(words):
    for attempt in range(50):
        try:
            s = socket.create_connection(("127.0.0.1", 3128), 3)
            break
        except OSError: time.sleep(0.1)
    s.sendall(words.encode() + b"\\r\\n\\r\\n")
    s.settimeout(10)
    said = b""
    while True:
        try: part = s.recv(65536)
        except OSError: break
        if not part: break
        said += part
        if words.startswith("CONNECT"): break
    return said.decode().split("\\r\\n")[0], said.decode()
print("plain", "served /thing" in ask("GET http://127.0.0.1:${port}/thing HTTP/1.1\\r\\nhost: x\\r\\nconnection: close")[1])
print("tunnel", ask("CONNECT 127.0.0.1:${port} HTTP/1.1")[0])
print("other port", ask("CONNECT 127.0.0.1:${port + 1} HTTP/1.1")[0])
print("other host", ask("CONNECT example.com:443 HTTP/1.1")[0])
print("metadata", ask("GET http://169.254.169.254/ HTTP/1.1\\r\\nhost: x\\r\\nconnection: close")[0])
print("odd", ask("CONNECT [::1]:22 HTTP/1.1")[0])
try:
    socket.create_connection(("127.0.0.1", ${port}), 2); print("direct reached")
except OSError: print("direct refused")
print(os.environ["npm_config_registry"], os.environ["https_proxy"])`;
      const { output, errors } = await sandbox.run({ program: 'python3', arguments: ['-c', text] });
      if (/not found/.test(errors)) skip('no python3 inside');
      expect(output.split('\n'), errors).toEqual([
        'plain True',
        'tunnel HTTP/1.1 200 Connection established',
        'other port HTTP/1.1 403 Forbidden',
        'other host HTTP/1.1 403 Forbidden',
        'metadata HTTP/1.1 403 Forbidden',
        'odd HTTP/1.1 403 Forbidden',
        'direct refused',
        // The user's password stays outside.
        `http://127.0.0.1:${port}/ http://127.0.0.1:3128`,
        '',
      ]);
    });

    it('write only into folders that were given', async () => {
      const aside = `${place.outside}/aside`;
      mkdirSync(aside);
      const sandbox = await place.open({ writable: [aside] });
      const { exit } = await sandbox.run({ program: 'sh', arguments: ['-c', `echo kept > '${aside}/file'`] });
      expect(exit).toEqual({ kind: 'exited', code: 0 });
      await sandbox.close();
      expect(readFileSync(`${aside}/file`, 'utf8')).toBe('kept\n');
      const reader = await place.open({ readable: [aside] });
      const second = await reader.run({
        program: 'sh',
        arguments: ['-c', `cat '${aside}/file' && echo x > '${aside}/other'`],
      });
      expect(second.output).toBe('kept\n');
      expect(second.exit).not.toEqual({ kind: 'exited', code: 0 });
    });
  },
  { protectingOnly: true },
);
