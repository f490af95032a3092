/** The SQLite storage gives snapshots and takes them, as the contract says. */
import { snapshotContract } from './snapshot-contract.ts';
import { newSqlitePlace } from './sqlite-place.ts';

snapshotContract('sqlite storage', newSqlitePlace);
