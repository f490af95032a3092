/**
 * The version of what is written: of the database and of the log entries in it. Entries also go
 * from member to member, so that those of one ensemble must agree about it (server/peers).
 *
 * Grows by one whenever an older Paddock could not read what a newer one writes. 2 has a
 * second pair of tables, for a snapshot that is being received, and entries of type `members`. 3
 * has tables of answers, and transactions that name the request that they came of. 4 says whom a
 * key is counted for, and which answers a session has to forget. 5 keeps with the tables when the
 * last transaction was, which is in the digest, and the id of the ensemble, which is in a marker.
 */
export const FORMAT_VERSION = 5;
