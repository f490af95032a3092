/** The SQLite storage keeps what a member among others needs of its log. */
import { ensembleContract } from './ensemble-contract.ts';
import { newSqlitePlace } from './sqlite-place.ts';

ensembleContract('sqlite storage', newSqlitePlace);
