// prettier-ignore
const names = new Set([
  'package.json', 'jsconfig.json', 'deno.json', 'deno.jsonc', 'pnpm-workspace.yaml', 'lerna.json', 'nx.json', 'pyproject.toml', 'setup.py', 'setup.cfg', 'pipfile', 'manifest.in', 'environment.yml', 'go.mod', 'go.work', 'cargo.toml',
  'pom.xml', 'build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties', 'composer.json', 'gemfile', 'mix.exs', 'rebar.config', 'package.swift', 'build.sbt', 'build.sc', 'directory.build.props',
  'cmakelists.txt', 'compile_commands.json', 'compile_flags.txt', 'meson.build', 'vcpkg.json', 'conanfile.txt', 'conanfile.py', 'project.clj', 'deps.edn', 'stack.yaml', 'package.yaml', 'description', 'namespace', 'project.toml', 'dune-project',
  'pubspec.yaml', '.gitmodules', 'foundry.toml', 'remappings.txt', 'build.zig.zon', 'elm.json', 'tox.ini',
]);
const patterns: readonly RegExp[] = [
  /^tsconfig(?:\..+)?\.json$/,
  /^requirements.*\.(?:txt|in)$/,
  /\.(?:csproj|fsproj|vbproj|sln|slnx|gemspec|cabal|rockspec|podspec|opam)$/,
];

/** Whether a file describes its project: what it is called, where its sources are, what it depends on. */
export function isManifest(fileName: string): boolean {
  const name = fileName.toLowerCase();
  return names.has(name) || patterns.some((pattern) => pattern.test(name));
}
