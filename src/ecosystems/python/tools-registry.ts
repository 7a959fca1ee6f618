import { airflow } from './tools/airflow.ts';
import { alembic } from './tools/alembic.ts';
import { ansible } from './tools/ansible.ts';
import { asv } from './tools/asv.ts';
import { awsLambda } from './tools/aws-lambda.ts';
import { celery } from './tools/celery.ts';
import { conan } from './tools/conan.ts';
import { django } from './tools/django.ts';
import { fastapi } from './tools/fastapi.ts';
import { flask } from './tools/flask.ts';
import { gunicorn } from './tools/gunicorn.ts';
import { homeAssistant } from './tools/home-assistant.ts';
import { invoke } from './tools/invoke.ts';
import { jupyter } from './tools/jupyter.ts';
import { locust } from './tools/locust.ts';
import { mkdocs } from './tools/mkdocs.ts';
import { nox } from './tools/nox.ts';
import { pyinstaller } from './tools/pyinstaller.ts';
import { pytest } from './tools/pytest.ts';
import { scons } from './tools/scons.ts';
import { scrapy } from './tools/scrapy.ts';
import { sphinx } from './tools/sphinx.ts';
import { streamlit } from './tools/streamlit.ts';
import type { PythonTool } from './tool.ts';

/** Frameworks and tools of the Python world, one file each. */
export const pythonTools: readonly PythonTool[] = [
  airflow,
  alembic,
  ansible,
  asv,
  awsLambda,
  celery,
  conan,
  django,
  fastapi,
  flask,
  gunicorn,
  homeAssistant,
  invoke,
  jupyter,
  locust,
  mkdocs,
  nox,
  pyinstaller,
  pytest,
  scons,
  scrapy,
  sphinx,
  streamlit,
];
