/**
 * A project's modules, loaded as often as wanted into the same realm: each graph has its own instances of the project's files.
 * Packages and Node's own modules are loaded once by Node. Needs --experimental-vm-modules; for Node 14 and later.
 */
import fs from 'node:fs';
import { createRequire, builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';

const extensions = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx', '.json', '.node'];
/** Sources may be asked for by the name of what they are compiled to. */
const compiled = { '.js': ['.ts', '.tsx', '.jsx'], '.mjs': ['.mts'], '.cjs': ['.cts'], '.jsx': ['.tsx'] };
const builtins = new Set(builtinModules);
const esmSyntax = /^\s*(?:import(?:\s+[\w$]|\s*(?:[*{"']|\/\*))|export(?:\s+[\w$]|\s*[*{]))|\bimport\.meta\b/m;

function isFile(file) {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function asFile(candidate) {
  if (isFile(candidate)) return candidate;
  for (const extension of extensions) if (isFile(candidate + extension)) return candidate + extension;
  const extension = path.extname(candidate);
  for (const other of compiled[extension] || []) {
    const source = candidate.slice(0, -extension.length) + other;
    if (isFile(source)) return source;
  }
  const main = mainOf(candidate);
  if (main !== undefined && main !== candidate) {
    const file = asFile(main);
    if (file !== undefined) return file;
  }
  for (const each of extensions) {
    const index = path.join(candidate, `index${each}`);
    if (isFile(index)) return index;
  }
  return undefined;
}

/** What a folder's package.json names; requiring a folder looks at nothing else of it. */
function mainOf(folder) {
  try {
    const { main } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return typeof main === 'string' && main !== '' ? path.join(folder, main) : undefined;
  } catch {
    return undefined;
  }
}

const packageTypes = new Map();
function packageType(folder) {
  let type = packageTypes.get(folder);
  if (type === undefined) {
    try {
      type =
        JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type === 'module'
          ? 'module'
          : 'commonjs';
    } catch {
      const parent = path.dirname(folder);
      type = parent === folder ? 'commonjs' : packageType(parent);
    }
    packageTypes.set(folder, type);
  }
  return type;
}

/**
 * @param {{
 *   root: string,
 *   texts?: Map<string, string>,
 *   aliases?: (specifier: string, importer: string) => string | undefined,
 *   provide?: Record<string, () => unknown>,
 * }} options `root`: files below it, outside of node_modules, are the project's. `texts`: what to read instead of a file.
 *   `aliases`: a path (absolute, an extension may lack) for a specifier. `provide`: modules to give under a name instead.
 */
export function createGraphs({ root, texts = new Map(), aliases = () => undefined, provide = {} }) {
  const scripts = new Map();
  const cached = new Map();
  const resolved = new Map();

  const isProject = (file) =>
    file.startsWith(root + path.sep) && !file.slice(root.length).includes(`${path.sep}node_modules${path.sep}`);
  const read = (file) => {
    let text = texts.get(file);
    if (text === undefined) {
      text = fs.readFileSync(file, 'utf8');
      texts.set(file, text);
    }
    return text;
  };
  const isEsm = (file) => {
    const extension = path.extname(file);
    if (extension === '.mjs' || extension === '.mts') return true;
    if (extension === '.cjs' || extension === '.cts' || extension === '.json') return false;
    return packageType(path.dirname(file)) === 'module' || esmSyntax.test(read(file));
  };

  /** An absolute path of a file, or `node:`/package name that Node itself is to load. */
  function resolve(specifier, importer, byImport) {
    const key = `${byImport}\0${importer}\0${specifier}`;
    let found = resolved.get(key);
    if (found === undefined) {
      found = find(specifier, importer, byImport);
      resolved.set(key, found);
    }
    return found;
  }
  function find(specifier, importer, byImport) {
    if (Object.prototype.hasOwnProperty.call(provide, specifier)) return `provided:${specifier}`;
    if (specifier.startsWith('node:') || builtins.has(specifier)) return specifier;
    const alias = aliases(specifier, importer);
    if (alias !== undefined) {
      const file = asFile(alias);
      if (file !== undefined) return fs.realpathSync(file);
    }
    if (specifier.startsWith('file:')) return asFile(fileURLToPath(specifier)) || fileURLToPath(specifier);
    if (specifier.startsWith('.') || path.isAbsolute(specifier)) {
      const file = asFile(path.resolve(path.dirname(importer), specifier.split('?')[0]));
      if (file === undefined) {
        const error = new Error(`Cannot find module '${specifier}' imported from ${importer}`);
        error.code = 'MODULE_NOT_FOUND';
        throw error;
      }
      return fs.realpathSync(file);
    }
    if (byImport && typeof import.meta.resolve === 'function') {
      try {
        const url = import.meta.resolve(specifier, pathToFileURL(importer).href);
        if (url.startsWith('file:')) return fs.realpathSync(fileURLToPath(url));
      } catch {
        // Older ones do not take an importer.
      }
    }
    return createRequire(importer).resolve(specifier);
  }

  return {
    resolve: (specifier, importer) => resolve(specifier, importer, true),
    /** A graph without any module in it. */
    open() {
      const modules = new Map();
      const esm = new Map();
      /** Modules that were asked for → when they are evaluated. */
      const ready = new Map();

      function requireFrom(importer) {
        const require = (specifier) => {
          const file = resolve(specifier, importer, false);
          return load(file, importer);
        };
        const native = createRequire(importer);
        require.resolve = (specifier) => resolve(specifier, importer, false);
        require.cache = native.cache;
        require.extensions = native.extensions;
        require.main = undefined;
        return require;
      }
      function load(file, importer) {
        if (file.startsWith('provided:')) return provide[file.slice('provided:'.length)]();
        if (!path.isAbsolute(file) || !isProject(file)) return createRequire(importer)(file);
        let module = modules.get(file);
        if (module) return module.exports;
        const evaluated = esm.get(file);
        if (evaluated && evaluated.status === 'evaluated') return evaluated.namespace;
        module = { exports: {}, id: file, filename: file, loaded: false, children: [], paths: [], parent: undefined };
        modules.set(file, module);
        try {
          run(file, module);
        } catch (error) {
          modules.delete(file);
          throw error;
        }
        module.loaded = true;
        return module.exports;
      }
      function run(file, module) {
        const extension = path.extname(file);
        if (extension === '.json') {
          module.exports = JSON.parse(read(file));
          return;
        }
        if (extension === '.node') {
          module.exports = createRequire(file)(file);
          return;
        }
        const require = requireFrom(file);
        module.require = require;
        let script = scripts.get(file);
        if (!script) {
          const text = read(file).replace(/^#!.*/, '');
          script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
            filename: file,
            importModuleDynamically: (specifier) => current.importFrom(specifier, file),
          });
          scripts.set(file, script);
        }
        script.runInThisContext().call(module.exports, module.exports, require, module, file, path.dirname(file));
      }

      const synthetic = (key, keys, values) => {
        const module = new vm.SyntheticModule(
          keys,
          () => keys.forEach((name) => module.setExport(name, values[name])),
          {
            identifier: key,
          },
        );
        return module;
      };
      async function esmOf(file, importer) {
        let module = esm.get(file);
        if (module) return module;
        if (path.isAbsolute(file) && isProject(file) && isEsm(file)) {
          const data = cached.get(file);
          module = new vm.SourceTextModule(read(file).replace(/^#!.*/, ''), {
            identifier: file,
            ...(data ? { cachedData: data } : {}),
            initializeImportMeta(meta) {
              meta.url = pathToFileURL(file).href;
              meta.filename = file;
              meta.dirname = path.dirname(file);
              meta.resolve = (specifier) => {
                const found = resolve(specifier, file, true);
                return path.isAbsolute(found) ? pathToFileURL(found).href : found;
              };
            },
            importModuleDynamically: (specifier) => graph.importFrom(specifier, file),
          });
          if (!data && module.createCachedData) cached.set(file, module.createCachedData());
          esm.set(file, module);
          return module;
        }
        let values;
        if (file.startsWith('provided:')) {
          values = provide[file.slice('provided:'.length)]();
        } else if (path.isAbsolute(file) && isProject(file)) {
          const exported = load(file, importer);
          values = { default: exported };
          if (exported !== null && (typeof exported === 'object' || typeof exported === 'function'))
            for (const name of Object.keys(exported)) if (name !== 'default') values[name] = exported[name];
        } else {
          values = await import(path.isAbsolute(file) ? pathToFileURL(file).href : file);
        }
        module = esm.get(file) || synthetic(file, Object.keys(values), values);
        esm.set(file, module);
        return module;
      }
      const link = async (specifier, referrer) =>
        esmOf(resolve(specifier, referrer.identifier, true), referrer.identifier);

      const graph = {
        async importFrom(specifier, importer) {
          const module = await esmOf(resolve(specifier, importer, true), importer);
          let done = ready.get(module);
          if (!done) {
            done = (async () => {
              if (module.status === 'unlinked') await module.link(link);
              await module.evaluate();
            })();
            ready.set(module, done);
          }
          await done;
          return module.namespace;
        },
        /** The namespace of a file's module; for CommonJS `default` and the names that it set. */
        async import(file) {
          current = graph;
          return graph.importFrom(file, path.join(root, 'index.js'));
        },
        /** The exports of a CommonJS file. */
        require(file) {
          current = graph;
          return load(file, path.join(root, 'index.js'));
        },
      };
      return graph;
    },
  };
}

/** Compiled CommonJS scripts are kept from graph to graph: their dynamic imports go to the graph that was used last. */
let current;
