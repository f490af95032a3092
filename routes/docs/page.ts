/**
 * The documentation page, made from the two documents: every operation, every schema, the
 * WebSocket. One page of plain HTML without a script, so that it needs nothing but the member that
 * serves it.
 */
import {
  asyncapi,
  type BodyObject,
  nameOfReference,
  type Operation,
  openapi,
  operations,
  type ParameterObject,
  type Reference,
  type ResponseObject,
  resolve,
  type SchemaObject,
} from '../openapi.ts';
import { Html, html, inlineMarkdown, markdown, NOTHING } from './html.ts';

/** The whole page; `style` is the text of its style sheet. */
export function docsPage(style: string): string {
  const { title, version, description } = openapi.info;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} ${version}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<div class="page">
${navigation()}
<main id="content">
<h1>${title} <span class="quiet">${version}</span></h1>
${markdown(description)}
<p>The documents behind this page: <a href="/openapi.yaml">openapi.yaml</a> and
<a href="/asyncapi.yaml">asyncapi.yaml</a>.</p>
${openapi.tags.map(tagSection)}
${webSocketSection()}
<section aria-labelledby="schemas">
<h2 id="schemas">Schemas</h2>
${Object.entries(openapi.components.schemas).map(schemaSection)}
</section>
</main>
</div>
</body>
</html>
`;
  return page.text;
}

function navigation(): Html {
  return html`<nav aria-label="Contents">
<p><a href="#content"><strong>${openapi.info.title}</strong></a></p>
${openapi.tags.map(
  ({ name }) => html`<h2>${name}</h2>
<ul>
${operationsOf(name).map(
  ({ operationId, method, path }) =>
    html`<li><a href="#${operationId}"><span class="method">${method}</span> ${path}</a></li>
`,
)}</ul>
`,
)}<h2>More</h2>
<ul>
<li><a href="#websocket">WebSocket</a></li>
<li><a href="#close-codes">Close codes</a></li>
<li><a href="#schemas">Schemas</a></li>
</ul>
</nav>`;
}

function operationsOf(tag: string): readonly Operation[] {
  return operations.filter(({ object }) => object.tags.includes(tag));
}

function tagSection({ name, description }: { name: string; description: string }): Html {
  return html`<section aria-labelledby="tag-${name}">
<h2 id="tag-${name}">${name}</h2>
${markdown(description)}
${operationsOf(name).map(operationSection)}
</section>
`;
}

function operationSection({ operationId, method, path, object, parameters }: Operation): Html {
  const { summary, description, requestBody, responses } = object;
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}"><span class="method">${method}</span> <code>${path}</code></h3>
<p><strong>${inlineMarkdown(summary)}</strong> <span class="quiet">${operationId}</span></p>
${description === undefined ? NOTHING : markdown(description)}
${parameters.length === 0 ? NOTHING : parameterTable(parameters)}
${requestBody === undefined ? NOTHING : bodyTable(requestBody)}
<h4>Responses</h4>
${table(['Status', 'Meaning', 'Body'], Object.entries(responses).map(responseRow))}
</article>
`;
}

function parameterTable(parameters: readonly ParameterObject[]): Html {
  const rows = parameters.map(({ name, in: place, required, description, schema, example }) => [
    html`<code>${name}</code>`,
    html`${place}${required === true ? ', required' : ''}`,
    typeOf(schema),
    html`${inlineMarkdown(description ?? '')}${exampleOf(example)}`,
  ]);
  return html`<h4>Parameters</h4>
${table(['Name', 'In', 'Type', 'Meaning'], rows)}`;
}

function exampleOf(example: unknown): Html {
  if (example === undefined) return NOTHING;
  const text = Array.isArray(example) ? example.join(',') : String(example);
  return html` <span class="quiet">Like <code>${text}</code>.</span>`;
}

function bodyTable({ required, content }: BodyObject): Html {
  const rows = Object.entries(content).map(([type, { schema, examples }]) => [
    html`<code>${type}</code>`,
    schemaLink(schema),
    Object.values(examples ?? {}).map((example) => json(exampleValue(example))),
  ]);
  return html`<h4>Body${required === true ? '' : ' (may be left out)'}</h4>
${table(['Type', 'Schema', 'Example'], rows)}`;
}

function exampleValue(example: Reference): unknown {
  return resolve<{ readonly value: unknown }>(example).value;
}

function responseRow([status, response]: [string, ResponseObject | Reference]) {
  const { description, content = {} } = resolve(response);
  const bodies = Object.entries(content).map(
    ([type, { schema }]) => html`<div><code>${type}</code> ${schemaLink(schema)}</div>`,
  );
  return [status, inlineMarkdown(description), bodies];
}

// ------------------------------------------------------------------------------------ WebSocket

function webSocketSection(): Html {
  const { info, channels, components } = asyncapi;
  const { address, 'x-close-codes': closeCodes } = channels.connection;
  const messages = Object.values(components.messages);
  return html`<section aria-labelledby="websocket">
<h2 id="websocket">WebSocket</h2>
<p><code>GET ${address}</code></p>
${markdown(info.description)}
<h3>Frames</h3>
${table(
  ['Frame', 'Meaning'],
  messages.map(({ name, summary }) => [schemaLinkTo(name), inlineMarkdown(summary)]),
)}
<h3 id="close-codes">Close codes</h3>
${table(
  ['Code', 'Meaning', 'What to do'],
  closeCodes.map(({ code, meaning, then }) => [
    code,
    inlineMarkdown(meaning),
    inlineMarkdown(then),
  ]),
)}
</section>
`;
}

// ------------------------------------------------------------------------------------ schemas

function schemaSection([name, schema]: [string, SchemaObject]): Html {
  const { description, properties, example } = schema;
  return html`<article aria-labelledby="schema-${name}">
<h3 id="schema-${name}">${name}</h3>
${description === undefined ? NOTHING : markdown(description)}
${properties === undefined ? html`<p>${typeOf(schema)}</p>` : propertyTable(schema, properties)}
${example === undefined ? NOTHING : json(example)}
</article>
`;
}

function propertyTable(
  { required = [] }: SchemaObject,
  properties: NonNullable<SchemaObject['properties']>,
): Html {
  const optional = html` <span class="quiet">optional</span>`;
  const rows = Object.entries(properties).map(([name, property]) => [
    html`<code>${name}</code>${required.includes(name) ? NOTHING : optional}`,
    typeOf(property),
    inlineMarkdown(('description' in property ? property.description : undefined) ?? ''),
  ]);
  return table(['Field', 'Type', 'Meaning'], rows);
}

function typeOf(schema: SchemaObject | Reference): Html {
  if ('$ref' in schema) return schemaLink(schema);
  const { type, format, enum: values, pattern, minimum, maximum, items } = schema;
  if (items !== undefined) return html`array of ${typeOf(items)}`;
  if (values !== undefined) return html`${values.map((each) => html`<code>${each}</code> `)}`;
  const range =
    minimum === undefined ? NOTHING : html` <span class="quiet">${minimum}…${maximum}</span>`;
  const form = pattern === undefined ? NOTHING : html` <code>${pattern}</code>`;
  return html`${type}${format === undefined ? '' : ` (${format})`}${range}${form}`;
}

function schemaLink(schema: Reference): Html {
  return schemaLinkTo(nameOfReference(schema));
}

function schemaLinkTo(name: string): Html {
  return html`<a href="#schema-${name}">${name}</a>`;
}

// ------------------------------------------------------------------------------------ pieces

type Cell = Parameters<typeof html>[number];

/** The first cell of a row is its heading. */
function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<div class="scroll"><table>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ([first, ...rest]) =>
    html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table></div>`;
}

function json(value: unknown): Html {
  return html`<pre><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
