/** Names that something outside the tree calls: runtimes, test runners, frameworks, base classes. */

/** Decorators that change how a function is called, not who calls it; all others may register it. */
const plainDecorators = new Set(
  `staticmethod classmethod property cached_property functools.cached_property lru_cache functools.lru_cache cache functools.cache
   functools.wraps wraps contextmanager contextlib.contextmanager asynccontextmanager contextlib.asynccontextmanager
   dataclass dataclasses.dataclass total_ordering functools.total_ordering final typing.final deprecated typing.deprecated
   warnings.deprecated typing_extensions.deprecated abc.abstractmethod abstractmethod override typing.override
   singledispatchmethod functools.singledispatchmethod unique enum.unique jit njit numba.jit numba.njit profile`.split(
    /\s+/,
  ),
);

export function isPlainDecorator(name: string): boolean {
  return plainDecorators.has(name.replace(/\(.*$/s, '').trim());
}

const pythonHooks =
  /^(?:test\w*|setUp\w*|tearDown\w*|setup_\w+|teardown_\w+|pytest_\w+|visit_\w+|leave_\w+|depart_\w+|generic_visit|do_[A-Z]+\w*|on_\w+|handle_\w+|clean_\w+|validate_\w+|resolve_\w+|perform_\w+|_repr_\w+_|_ipython_\w+_|_missing_|_generate_next_value_|setUpTestData|get_\w+_display)$/;
/** What code from outside calls on any object: files, streams, loaders, mappings. */
const pythonProtocols =
  /^(?:write|writelines|read|readline|readlines|readable|writable|seekable|seek|tell|flush|close|closed|fileno|isatty|find_spec|find_module|exec_module|create_module|load_module|get_code|get_source|is_package|keys|items|values|process_(?:request|response|view|exception|template_response|resource|startup)|isEnabledFor|emit|handle|format|filter|mro|send|throw)$/;
const ecmascriptHooks =
  /^(?:constructor|render|componentDid\w+|componentWill\w+|shouldComponentUpdate|getSnapshotBeforeUpdate|getDerivedStateFrom\w+|UNSAFE_\w+|ng[A-Z]\w+|connectedCallback|disconnectedCallback|attributeChangedCallback|adoptedCallback|observedAttributes|firstUpdated|updated|willUpdate|toString|toJSON|valueOf|toLocaleString|then|next|return|throw|dispose|inspect|transform|flush|_read|_write|_writev|_final|_destroy|_construct|_transform|_flush|canActivate\w*|canDeactivate|canLoad|resolve|intercept|writeValue|registerOn\w+|setDisabledState|validate|up|down|handler|handle|setup|data|mounted|created|destroyed|beforeMount|beforeDestroy|beforeCreate|@@\w+)$/;

/** Whether a base class or framework may call a method of this name. */
export function isHookName(name: string, family: 'ecmascript' | 'python'): boolean {
  return family === 'python'
    ? /^__\w+__$/.test(name) || pythonHooks.test(name) || pythonProtocols.test(name)
    : ecmascriptHooks.test(name);
}

/** Module-level names that tools read. */
const moduleNames =
  /^(?:__\w+__|_|setup|teardown|setUpModule|tearDownModule|pytest_plugins|pytestmark|pytest_\w+|application|app|api|celery|celery_app|flask_app|wsgi|asgi|handler|lambda_handler|urlpatterns|handler(?:400|403|404|500)|default_app_config|collect_ignore\w*|upgrade|downgrade|revision|down_revision|branch_labels|depends_on|load_tests|load_ipython_extension|unload_ipython_extension|app_name)$/;

export function isModuleConvention(name: string): boolean {
  return moduleNames.test(name);
}

/** Python's own bases whose subclasses are used by their fields without a word of them. */
export function isDataBase(name: string): boolean {
  return /(?:^|\.)(?:Enum|IntEnum|StrEnum|Flag|IntFlag|NamedTuple|TypedDict|Protocol|BaseModel|BaseSettings|Model|Schema|Form|ModelForm|Serializer|ModelSerializer|Structure|Union|Message|Document|DeclarativeBase|Base|Meta|SQLModel|ObjectType|AttrDict|Record|Struct)$/.test(
    name,
  );
}
