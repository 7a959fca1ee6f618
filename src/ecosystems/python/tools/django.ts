import { itemsOf, type StaticValue, stringsWithin, valuesAt, alternatives } from '../../static-value.ts';
import { evaluatePython } from '../evaluate-python.ts';
import type { PythonTool } from '../tool.ts';

const dottedSettings = [
  'MIDDLEWARE',
  'MIDDLEWARE_CLASSES',
  'ROOT_URLCONF',
  'WSGI_APPLICATION',
  'ASGI_APPLICATION',
  'AUTHENTICATION_BACKENDS',
  'TEMPLATES',
  'DATABASE_ROUTERS',
  'DATABASES',
  'CACHES',
  'STORAGES',
  'DEFAULT_FILE_STORAGE',
  'STATICFILES_STORAGE',
  'STATICFILES_FINDERS',
  'EMAIL_BACKEND',
  'LOGGING',
  'LOGGING_CONFIG',
  'SESSION_ENGINE',
  'SESSION_SERIALIZER',
  'MESSAGE_STORAGE',
  'FORM_RENDERER',
  'TEST_RUNNER',
  'AUTH_PASSWORD_VALIDATORS',
  'PASSWORD_HASHERS',
  'REST_FRAMEWORK',
  'CHANNEL_LAYERS',
  'CELERY_BEAT_SCHEDULE',
  'CELERY_IMPORTS',
  'HAYSTACK_CONNECTIONS',
  'EXCEPTION_REPORTER_FILTER',
  'DEFAULT_EXCEPTION_REPORTER',
  'CSRF_FAILURE_VIEW',
  'SIGNING_BACKEND',
  'FILE_UPLOAD_HANDLERS',
  'MIGRATION_MODULES',
  'SERIALIZATION_MODULES',
  'GRAPHENE',
  'SPECTACULAR_SETTINGS',
  'SIMPLE_JWT',
  'SOCIAL_AUTH_PIPELINE',
  'WAGTAILSEARCH_BACKENDS',
  'DEBUG_TOOLBAR_PANELS',
  'DEBUG_TOOLBAR_CONFIG',
  'CRONJOBS',
  'ACCOUNT_ADAPTER',
  'SOCIALACCOUNT_ADAPTER',
  'DEFAULT_AUTO_FIELD',
];

const isDotted = (text: string): boolean => /^[\p{L}_][\w]*(?:\.[\p{L}_]\w*)+$/u.test(text);

export const django: PythonTool = {
  id: 'django',
  packages: ['django', 'djangorestframework', 'wagtail', 'django-cms'],
  conventions: [
    { globs: ['**/manage.py'], use: 'program' },
    {
      globs: ['**/settings.py', '**/settings/*.py', '**/settings_*.py', '**/*_settings.py', '**/local_settings.py'],
      use: 'tool',
    },
    {
      globs: [
        '**/{wsgi,asgi,admin,apps,models,urls,signals,sitemaps,feeds,routing,checks,receivers,translation,search_indexes,wagtail_hooks,dashboard,context_processors,celery}.py',
        '**/models/**/*.py',
        '**/admin/**/*.py',
      ],
      use: 'tool',
    },
    {
      globs: ['**/migrations/*.py', '**/management/commands/*.py', '**/templatetags/*.py', '**/formats/*.py'],
      use: 'tool',
    },
  ],
  read(into) {
    const files = into.matching([
      '**/settings.py',
      '**/settings/**/*.py',
      '**/settings_*.py',
      '**/*_settings.py',
      '**/test_settings.py',
    ]);
    for (const path of files) {
      const { names } = evaluatePython(into.project.text(path) ?? '');
      for (const app of texts(names.get('INSTALLED_APPS'))) into.named(app, 'Django app', path);
      for (const [name, value] of names)
        if (name.endsWith('_APPS'))
          for (const app of texts(value)) if (/^[\w.]+$/.test(app)) into.named(app, 'Django app', path);
      for (const setting of dottedSettings)
        for (const text of stringsWithin(alternatives(names.get(setting))))
          if (isDotted(text)) into.named(text, `Django setting ${setting}`, path);
      for (const backend of stringsWithin(valuesAt(names.get('DATABASES')))) {
        if (backend.endsWith('.postgresql') || backend.endsWith('.postgis'))
          for (const name of ['psycopg2', 'psycopg']) into.uses.push({ name, path, line: 1, as: 'Django database' });
        if (backend.endsWith('.mysql')) into.uses.push({ name: 'MySQLdb', path, line: 1, as: 'Django database' });
      }
    }
    // `include("app.urls")`, `path("", "app.views.home")` name modules by strings.
    for (const path of into.matching(['**/urls.py', '**/urls/**/*.py', '**/*_urls.py', '**/*urls*.py']))
      for (const text of into.project.derive(path, 'Django includes', includedIn))
        into.dottedEntry(text, 'Django include');
    for (const path of into.matching(['**/apps.py']))
      for (const name of into.project.derive(path, 'Django apps', appsIn)) into.dottedEntry(name, 'Django app');
  },
};

function includedIn(text: string): string[] {
  return evaluatePython(text)
    .calls('include')
    .flatMap((call) => stringsWithin(itemsOf(valuesAt(call, '0'))))
    .filter((name) => /^[\w.]+$/.test(name));
}

function appsIn(text: string): string[] {
  return Array.from(text.matchAll(/default_app_config\s*=\s*["']([\w.]+)["']/g), ([, name]) => name!);
}

function texts(value: StaticValue | undefined): string[] {
  return stringsWithin(alternatives(value));
}
