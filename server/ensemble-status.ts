/** The ensemble as one member sees it: what it has heard of each, and how far behind that is. */
import type { MemberId, Members } from '../raftlog/types.ts';
import type { MemberReport } from './lane-messages.ts';
import type { EnsembleMember, EnsembleStatus } from './types.ts';

export function describeEnsemble(
  leader: MemberId,
  { voters, observers }: Members,
  reports: readonly MemberReport[],
): EnsembleStatus {
  const reportOf = (id: MemberId) => reports.find((report) => report.id === id);
  const ahead = reportOf(leader)?.index;
  const describe = (id: MemberId): EnsembleMember => {
    const report = reportOf(id);
    const lag =
      report === undefined || ahead === undefined ? undefined : Math.max(0, ahead - report.index);
    // What it said as the leader of an epoch that is over: nobody knows what it is now.
    const isPast = report?.role === 'leading' && id !== leader;
    const role = isPast ? undefined : report?.role;
    return { id, votes: voters.includes(id), report, role, lag };
  };
  const ids = [...voters, ...observers].sort((a, b) => a - b);
  return { leader, members: ids.map(describe) };
}
