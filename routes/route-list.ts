/**
 * Every route that was registered, for 405 with `Allow` and for the test that holds routes and
 * document against each other.
 */
import type { FastifyInstance } from 'fastify';

export interface RegisteredRoute {
  readonly method: string;
  /** As registered, like `/v1/znodes/*` or `/v1/sessions/:id`. */
  readonly url: string;
}

export class RouteList {
  readonly #routes: RegisteredRoute[] = [];

  /** Must be called before any route is registered. */
  collect(app: FastifyInstance): void {
    app.addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) this.#routes.push({ method: name, url });
    });
  }

  get routes(): readonly RegisteredRoute[] {
    return this.#routes;
  }

  /** The methods of the resource at a request's URL; none when there is no such resource. */
  methodsAt(requestUrl: string): readonly string[] {
    const [path = ''] = requestUrl.split('?', 1);
    const methods = this.#routes
      .filter(({ url }) => matches(url, path))
      .map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}

/** Whether a request's path is that of a route: `*` is any rest, `:name` one segment. */
function matches(route: string, path: string): boolean {
  if (route.endsWith('/*')) return path.startsWith(route.slice(0, -1));
  const wanted = route.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every(
      (name, index) => name === given[index] || (name.startsWith(':') && given[index] !== ''),
    )
  );
}
