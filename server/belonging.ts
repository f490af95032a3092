/**
 * Whether a directory belongs to the ensemble that the flags name: what its log says of who founded
 * it, compared with them before anything is listened on. With other members it would count other
 * quorums, and one of several that led alone would take writes that no other has.
 */
import { decodeMembers, encodeMembers } from '../raftlog/membership.ts';
import type { Members } from '../raftlog/types.ts';
import type { Recovered } from '../storage/types.ts';
import { type Config, ConfigError } from './config.ts';

/** Throws `ConfigError`. */
export function refuseOtherMembers(config: Config, recovered: Recovered): void {
  const own = membersOf(config, recovered);
  const named = config.ensemble?.members ?? alone(config);
  if (own === undefined || encodeMembers(own) === encodeMembers(named)) return;
  const { dataDir, ensemble } = config;
  const isOfOne = encodeMembers(own) === encodeMembers(alone(config));
  if (ensemble === undefined) {
    throw new ConfigError(
      `data-dir: ${dataDir} belongs to a member of the ensemble of ${textOf(own)}; start it with ` +
        '--member for each of them, --peer-listen and --cluster-secret-file, or use another ' +
        'directory',
    );
  }
  const whose = isOfOne ? 'a member that is alone' : `a member of the ensemble of ${textOf(own)}`;
  const way = isOfOne ? 'start it without --member' : 'name those that it was founded with';
  throw new ConfigError(
    `data-dir: ${dataDir} belongs to ${whose}, and the flags name the members ${textOf(named)}; ` +
      `${way}, or use an empty directory for a new ensemble`,
  );
}

/** As the log has them; undefined: nothing was ever decided on this directory. */
function membersOf(config: Config, { tables, entries }: Recovered): Members | undefined {
  const last = entries.findLast((entry) => entry.type === 'members');
  if (last !== undefined) return decodeMembers(last.payload);
  // The first leader of several names them in the same step in which it begins the log.
  const isEmpty = tables.index === 0 && entries.length === 0;
  return isEmpty ? undefined : (tables.members ?? alone(config));
}

function alone({ id }: Config): Members {
  return { voters: [id], observers: [] };
}

function textOf({ voters, observers }: Members): string {
  const [all, more] = [voters, observers].map((ids) => ids.toSorted((a, b) => a - b).join(', '));
  return more === '' ? `${all}` : `${all} and the observers ${more}`;
}
