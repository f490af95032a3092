/** The frame with which the events of one transaction reach one connection. */
import type { Delivery } from '../../server/types.ts';
import { eventJson } from '../wire.ts';

/** One frame for all of them: a client sees a transaction whole or not at all. */
export function eventFrame(deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  if (deliveries.length === 1 && first !== undefined) return eventText(first);
  return `[${deliveries.map(eventText).join(',')}]`;
}

/** The shared text of the event, with the watches of this connection put before its last brace. */
function eventText({ event, watches, includeStat, includeData }: Delivery): string {
  const text = eventJson(event, includeStat, includeData);
  return `${text.slice(0, -1)},"watches":[${watches.join(',')}]}`;
}
