/**
 * Constructs of OpenAPI that make generators of clients fail or write clients that fail, each as a
 * rule: a function that says where a document has it. What each would break is in docs/SDKS.md.
 */

export type Json = Readonly<Record<string, unknown>>;

/** Where in the document the construct is; empty when it is nowhere. */
export type Rule = (document: Json) => string[];

interface Place {
  /** The last part of `where`. */
  readonly key: string;
  readonly where: string;
  readonly value: unknown;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Every value of the document with its place; examples left out, for they are data. */
function* places(value: unknown, where = '', key = ''): Generator<Place> {
  yield { key, where, value };
  if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) yield* places(each, `${where}/${at}`, `${at}`);
  } else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      // A property may be called like a keyword: it is looked into, and not taken for one.
      const isNamed = where.endsWith('/properties');
      if (!isNamed && (name === 'example' || name === 'examples')) continue;
      yield* places(each, `${where}/${name}`, isNamed ? '' : name);
    }
  }
}

function where(document: Json, has: (place: Place) => boolean): string[] {
  return [...places(document)].filter(has).map((place) => place.where);
}

function hasKey(document: Json, ...keys: readonly string[]): string[] {
  return where(document, ({ key }) => keys.includes(key));
}

const METHODS = ['get', 'head', 'put', 'post', 'delete', 'patch', 'options', 'trace'];

interface OperationAt {
  readonly at: string;
  readonly path: string;
  readonly operation: Json;
  readonly parameters: readonly Json[];
}

function operationsOf(document: Json): OperationAt[] {
  return Object.entries(objectOf(document['paths'])).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).flatMap(([method, operation]) => {
      if (!METHODS.includes(method) || !isObject(operation)) return [];
      const listed = operation['parameters'];
      const parameters = (Array.isArray(listed) ? listed : []).map((each) =>
        objectOf(resolved(document, each)),
      );
      return [{ at: `${method} ${path}`, path, operation, parameters }];
    }),
  );
}

function resolved(document: Json, value: unknown): unknown {
  const reference = objectOf(value)['$ref'];
  if (typeof reference !== 'string') return value;
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((found, name) => objectOf(found)[name], document);
}

function contentTypes(document: Json, value: unknown): string[] {
  return Object.keys(objectOf(objectOf(resolved(document, value))['content']));
}

const isJson = (type: string) => type.endsWith('json');

function nullUnions(document: Json): string[] {
  const nullType = ({ key, value }: Place) =>
    key === 'type' && (value === 'null' || Array.isArray(value));
  return [
    ...hasKey(document, 'nullable'),
    ...where(document, (place) => place.value === null || nullType(place)),
  ];
}

function alternatives(document: Json): string[] {
  return hasKey(document, 'oneOf', 'anyOf', 'allOf', 'not', 'discriminator');
}

/** One JSON body, and at most the bytes themselves beside it. */
function bodyTypes(document: Json): string[] {
  return operationsOf(document).flatMap(({ at, operation }) => {
    const [first, ...others] = contentTypes(document, operation['requestBody']);
    const allowed = others.every((type) => type === 'application/octet-stream');
    return (first === undefined || isJson(first)) && allowed ? [] : [at];
  });
}

/** One status, one JSON shape; and one shape for all errors. */
function errorBodies(document: Json): string[] {
  return operationsOf(document).flatMap(({ at, operation }) =>
    Object.entries(objectOf(operation['responses'])).flatMap(([status, response]) => {
      const types = contentTypes(document, response);
      const fails = !/^[123]/.test(status);
      const content = objectOf(objectOf(resolved(document, response))['content']);
      const schema = objectOf(objectOf(content['application/problem+json'])['schema'])['$ref'];
      const isProblem = types.length === 1 && schema === '#/components/schemas/Problem';
      return types.filter(isJson).length > 1 || (fails && !isProblem) ? [`${at} ${status}`] : [];
    }),
  );
}

/** A path with slashes is the last part of the URL, and has a resource that takes it as a query. */
function slashPaths(document: Json): string[] {
  const all = operationsOf(document);
  return all.flatMap(({ at, path, parameters }) => {
    const wrong = parameters.filter((each) => each['allowReserved'] === true);
    const free = parameters.some((each) => each['x-znode-path'] === true);
    const bare = path.replace('/{path}', '');
    const method = at.slice(0, at.indexOf(' '));
    const twin = all.find((each) => each.at === `${method} ${bare}`);
    const takesQuery = twin?.parameters.some(
      (each) => each['name'] === 'path' && each['in'] === 'query',
    );
    const isWell = !free || (path === `${bare}/{path}` && takesQuery === true);
    return wrong.length === 0 && isWell ? [] : [at];
  });
}

/** What a result hangs on must not be in a header alone, but for secrets, which are in no URL. */
function headersThatDecide(document: Json): string[] {
  return operationsOf(document).flatMap(({ at, operation, parameters }) => {
    const headers = parameters.filter((each) => each['in'] === 'header');
    const required = headers.filter(
      (each) => each['required'] === true && each['name'] !== 'Paddock-Session',
    );
    const isWrite = /^(put|delete) /.test(at) && operation['requestBody'] !== null;
    const conditional = headers.some((each) => each['name'] === 'If-Match');
    const version = parameters.some((each) => each['name'] === 'version' && each['in'] === 'query');
    return required.length === 0 && (!isWrite || !conditional || version) ? [] : [at];
  });
}

/** Identifiers are texts; what counts says its size, and fits into the 53 bits of a double. */
function numbers(document: Json): string[] {
  const identifier = /(zxid|sessionId|ephemeralOwner|token|etag)$/i;
  return where(document, ({ where: place, value }) => {
    const { type, format, maximum } = objectOf(value);
    if (type === 'number') return true;
    if (type !== 'integer') return false;
    const exact = typeof maximum === 'number' && maximum <= Number.MAX_SAFE_INTEGER;
    const sized = format === 'int32' || (format === 'int64' && exact);
    return !sized || identifier.test(place);
  });
}

/** OpenAPI 3.0.3 alone: what came with 3.1 and 3.2 is not read by every generator. */
function laterVersions(document: Json): string[] {
  const later = [
    ...['itemSchema', 'itemEncoding', 'webhooks', 'const', '$defs', 'if', 'then', 'else'],
    ...['contentEncoding', 'contentMediaType', 'dependentSchemas', 'unevaluatedProperties'],
    ...['patternProperties', 'propertyNames', 'jsonSchemaDialect', 'query'],
  ];
  const version = document['openapi'] === '3.0.3' ? [] : ['/openapi'];
  const exclusive = where(
    document,
    ({ key, value }) => /^exclusive(Min|Max)imum$/.test(key) && typeof value === 'number',
  );
  return [...version, ...exclusive, ...hasKey(document, ...later)];
}

/** No tuples, no maps whose values have a schema, no lists of values of several types. */
function unevenShapes(document: Json): string[] {
  const tuple = ({ key, value }: Place) => key === 'items' && Array.isArray(value);
  const map = ({ key, value }: Place) => key === 'additionalProperties' && isObject(value);
  const mixed = ({ key, value }: Place) =>
    key === 'enum' && Array.isArray(value) && value.some((each) => typeof each !== 'string');
  return [
    ...hasKey(document, 'prefixItems', 'additionalItems'),
    ...where(document, (place) => tuple(place) || map(place) || mixed(place)),
  ];
}

/** No schema that comes back to itself. */
function recursion(document: Json): string[] {
  const schemas = objectOf(objectOf(document['components'])['schemas']);
  const namedBy = (name: string): string[] =>
    [...places(schemas[name])].flatMap(({ key, value }) =>
      key === '$ref' && typeof value === 'string' ? [value.slice(value.lastIndexOf('/') + 1)] : [],
    );
  return Object.keys(schemas).filter((name) => {
    const seen = new Set<string>();
    const open = namedBy(name);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...namedBy(next));
    }
    return seen.has(name);
  });
}

/** Patterns go into sources as they are, into texts with quotes of either kind around them. */
function quotedPatterns(document: Json): string[] {
  const quoted = ({ key, value }: Place) =>
    key === 'pattern' && typeof value === 'string' && /["'`]/.test(value);
  return where(document, quoted);
}

/**
 * An object that is several things, by its `op`, has no defaults: clients that are generated put
 * them into each, also into those that have no such field.
 */
function defaultsOfSome(document: Json): string[] {
  const schemas = objectOf(objectOf(document['components'])['schemas']);
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const properties = objectOf(objectOf(schema)['properties']);
    const kinds = objectOf(resolved(document, properties['op']))['enum'];
    if (!Array.isArray(kinds) || kinds.length < 2) return [];
    return Object.entries(properties).flatMap(([property, value]) =>
      'default' in objectOf(resolved(document, value)) ? [`${name}.${property}`] : [],
    );
  });
}

/** Schemas of bodies, and of objects within them, have names; operations too, each its own. */
function unnamed(document: Json): string[] {
  const inline = where(document, ({ where: place, value }) => {
    const isNamed = /^\/components\/schemas\/\w+$/.test(place);
    return !isNamed && objectOf(value)['type'] === 'object';
  });
  const bodies = where(
    document,
    ({ where: place, value }) =>
      /\/content\/[^/]+(\/[^/]+)?\/schema$/.test(place) && objectOf(value)['$ref'] === undefined,
  );
  const ids = operationsOf(document).map(({ at, operation }) => ({
    at,
    id: String(operation['operationId'] ?? ''),
  }));
  const doubtful = ids.filter(
    ({ id }) =>
      !/^[a-z][A-Za-z]+$/.test(id) ||
      ids.filter((other) => other.id.toLowerCase() === id.toLowerCase()).length > 1,
  );
  return [...inline, ...bodies, ...doubtful.map(({ at }) => at)];
}

export const CONSTRUCTS = {
  'unions with null': nullUnions,
  'alternatives that have to be guessed': alternatives,
  'several kinds of request body': bodyTypes,
  'several shapes of an error': errorBodies,
  'slashes in the middle of a URL': slashPaths,
  'headers that a result hangs on': headersThatDecide,
  'numbers of unknown size, and numbers as identifiers': numbers,
  'what came after OpenAPI 3.0': laterVersions,
  'tuples, maps and mixed lists': unevenShapes,
  'schemas that come back to themselves': recursion,
  'quotes within a pattern': quotedPatterns,
  'defaults of fields that not every operation has': defaultsOfSome,
  'schemas and operations without a name': unnamed,
} as const satisfies Readonly<Record<string, Rule>>;
