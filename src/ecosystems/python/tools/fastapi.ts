import type { PythonTool } from '../tool.ts';

export const fastapi: PythonTool = {
  id: 'fastapi',
  packages: ['fastapi', 'starlette', 'litestar', 'sanic', 'aiohttp', 'falcon', 'robyn'],
  conventions: [
    {
      globs: ['{main,app,api,server,asgi}.py', '{app,src,api,backend}/{main,app,server,asgi}.py', '*/{main,asgi}.py'],
      use: 'program',
    },
  ],
};
