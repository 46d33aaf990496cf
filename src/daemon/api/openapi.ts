import { z } from 'zod';
import { type RouteName, routes } from '../../contract/routes.ts';
import { problemView } from '../../contract/system-views.ts';

interface RouteShape {
  readonly method: string;
  readonly path: string;
  readonly params?: z.ZodObject;
  readonly querystring?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: Readonly<Record<number, z.ZodType>>;
}

/** The contract as OpenAPI 3.1, generated from the schemas that the routes themselves use. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, RouteShape][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'VigilAI', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Problem: schemaOf(problemView, 'output') } },
  };
}

function operation(name: RouteName, route: RouteShape): object {
  const parameters = [...parametersIn('path', route.params), ...parametersIn('query', route.querystring)];
  return {
    operationId: name,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(route.body, 'input')) } }),
    responses: { ...responses(name, route), default: PROBLEM },
  };
}

const PROBLEM = {
  description: 'What went wrong (RFC 9457), with a code and the next step.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The two routes whose answer is no JSON. */
const TEXT: Readonly<Partial<Record<RouteName, string>>> = {
  stream: 'text/event-stream',
  metrics: 'text/plain',
};

function responses(name: RouteName, route: RouteShape): object {
  const type = TEXT[name];
  if (type !== undefined)
    return { 200: { description: 'OK', content: { [type]: { schema: { type: 'string' } } } } };
  return Object.fromEntries(
    Object.entries(route.response).map(([status, schema]) => [
      status,
      { description: `Status ${status}`, content: json(schemaOf(schema, 'output')) },
    ]),
  );
}

function parametersIn(place: 'path' | 'query', schema: z.ZodObject | undefined): object[] {
  return Object.entries(schema?.shape ?? {}).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemaOf(one as z.ZodType, 'input'),
  }));
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
