/** The network between members of an ensemble, which can be cut: proxies for each two of them. */
import type { PeerAddress } from '../../server/peers/types.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { TcpProxy } from '../peers/proxy.ts';

interface Link {
  readonly from: EnsembleMember;
  readonly to: EnsembleMember;
  readonly proxy: TcpProxy;
}

export class Network {
  readonly #links: readonly Link[];

  private constructor(links: readonly Link[]) {
    this.#links = links;
  }

  /** Between members that have not been started yet: their flags lead through it. */
  static async between(ensemble: Ensemble): Promise<Network> {
    const links: Link[] = [];
    for (const from of ensemble.members) {
      for (const to of ensemble.others(from)) {
        const id = to.id as PeerAddress['id'];
        const proxy = new TcpProxy({ id, host: '127.0.0.1', port: to.peerPort });
        const { port } = await proxy.listen();
        const direct = `${to.id}=127.0.0.1:${to.peerPort}`;
        const through = `${to.id}=127.0.0.1:${port}`;
        from.args = from.args.map((arg) => (arg === direct ? through : arg));
        links.push({ from, to, proxy });
      }
    }
    return new Network(links);
  }

  /** Nothing passes any more between `member` and `others`; connections stand, and are silent. */
  silence(member: EnsembleMember, others: readonly EnsembleMember[]): void {
    for (const { proxy } of this.#of(member, others)) proxy.swallows = true;
  }

  /** Connections between `member` and `others` are reset, and may be made again. */
  cut(member: EnsembleMember, others: readonly EnsembleMember[]): void {
    for (const { proxy } of this.#of(member, others)) proxy.cut();
  }

  /** Everything passes; what was swallowed is lost with its connection. */
  heal(): void {
    for (const { proxy } of this.#links) {
      if (!proxy.swallows) continue;
      proxy.swallows = false;
      proxy.cut();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#links.map(({ proxy }) => proxy.close()));
  }

  #of(member: EnsembleMember, others: readonly EnsembleMember[]): readonly Link[] {
    return this.#links.filter(({ from, to }) => {
      return (from === member && others.includes(to)) || (to === member && others.includes(from));
    });
  }
}
