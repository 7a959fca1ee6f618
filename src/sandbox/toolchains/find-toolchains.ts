/** Which interpreters a project runs on, and what a sandbox must be given for them. */
import { nodeToolchain } from './node-toolchain.ts';
import { pythonToolchain } from './python-toolchain.ts';
import type { Toolchain, ToolchainQuestion } from './toolchain.ts';

export interface Toolchains {
  readonly node: Toolchain | undefined;
  readonly python: Toolchain | undefined;
  /** For `SandboxRequest`. */
  readonly readable: readonly string[];
  readonly searchPath: readonly string[];
  /** For `SandboxCommand`. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function findToolchains(question: ToolchainQuestion): Promise<Toolchains> {
  const [node, python] = await Promise.all([nodeToolchain(question), pythonToolchain(question)]);
  const both = [node, python].filter((found) => found !== undefined);
  return {
    node,
    python,
    readable: both.flatMap(({ readable }) => readable),
    searchPath: [...new Set(both.map(({ folder }) => folder))].filter((folder) => folder !== '/usr/bin'),
    environment: Object.assign({}, ...both.map(({ environment }) => environment)) as Record<string, string>,
  };
}
