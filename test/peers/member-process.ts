/**
 * A process with a transport, to be killed: `node member-process.ts <id> [flood]`. Tells its parent
 * its address, takes the peers from it, and tells what it is told. With `flood` it sends appends to
 * everybody for as long as it lives.
 */
import type { PeerAddress } from '../../server/peers/types.ts';
import { appendOf, entriesOf, QUICK, startTransport } from './transports.ts';

const [id = '', what] = process.argv.slice(2);
const member = await startTransport(Number(id), { limits: QUICK });
const { transport, witness } = member;

process.on('message', (peers) => transport.setPeers(peers as PeerAddress[]));
process.on('disconnect', () => process.exit());
witness.onTold = ({ kind, from }) => {
  if (kind === 'connected' || kind === 'lost') process.send?.({ kind, from });
};
process.send?.(member.address);

if (what === 'flood') {
  const payload = 'x'.repeat(1024);
  let index = 1;
  setInterval(() => {
    for (const peer of transport.status()) {
      if (peer.queuedBytes < 8_000_000)
        transport.send(peer.id, appendOf(entriesOf(index, 64, payload)));
    }
    index += 64;
    witness.told.length = 0;
  }, 1);
}
