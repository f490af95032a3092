// Made from openapi.yaml by `npm run gen`. Not for editing by hand.

export interface paths {
    readonly "/v1/znodes/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a znode: data and stat
         * @description JSON by default; `Accept: application/octet-stream` gives the bytes alone, with the
         *     stat in `Paddock-Stat`. `If-None-Match` with the ETag at hand answers 304 while
         *     nothing changed.
         *
         *     `Prefer: wait=N` holds the request, N seconds at most: with `If-None-Match` until
         *     the representation differs, with `until` until that holds. Time up is 304 and 412.
         *     Waiting for `until=deleted` ends with 204.
         */
        readonly get: operations["getZnode"];
        /**
         * Set the data of a znode
         * @description Creates the znode (persistent, open ACL) when it is missing, unless `If-Match` or
         *     `version` asks for one that is there. `If-None-Match: *` asks for the opposite:
         *     create only.
         *
         *     `application/json` is the envelope; a body of any other content type is the data
         *     itself.
         */
        readonly put: operations["setZnode"];
        /**
         * Create a znode
         * @description How to create is said by query parameters, so that it works with raw bodies too; the
         *     `acl` by the JSON envelope. (In a WebSocket frame and in an operation of a
         *     transaction all of them are fields.) A sequential mode appends a counter of at least
         *     ten digits to the path, which may then end with a slash (`/queue/` makes
         *     `/queue/0000000000`). An ephemeral znode needs a session.
         *
         *     A create never overwrites: 409 NodeExists. `If-None-Match: *` changes nothing but
         *     that 412.
         */
        readonly post: operations["createZnode"];
        /**
         * Delete a znode
         * @description `recursive=true` deletes all descendants too, atomically under one zxid, up to the
         *     limit `recursiveDelete`. Otherwise a znode with children is 409 NotEmpty.
         */
        readonly delete: operations["deleteZnode"];
        readonly options?: never;
        /**
         * Ask whether a znode exists
         * @description ZooKeeper's `exists`: the answer of the GET without its body, the stat in
         *     `Paddock-Stat`.
         */
        readonly head: operations["headZnode"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/znodes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a znode: data and stat
         * @description JSON by default; `Accept: application/octet-stream` gives the bytes alone, with the
         *     stat in `Paddock-Stat`. `If-None-Match` with the ETag at hand answers 304 while
         *     nothing changed.
         *
         *     `Prefer: wait=N` holds the request, N seconds at most: with `If-None-Match` until
         *     the representation differs, with `until` until that holds. Time up is 304 and 412.
         *     Waiting for `until=deleted` ends with 204.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly get: operations["getZnodeAt"];
        /**
         * Set the data of a znode
         * @description Creates the znode (persistent, open ACL) when it is missing, unless `If-Match` or
         *     `version` asks for one that is there. `If-None-Match: *` asks for the opposite:
         *     create only.
         *
         *     `application/json` is the envelope; a body of any other content type is the data
         *     itself.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly put: operations["setZnodeAt"];
        /**
         * Create a znode
         * @description How to create is said by query parameters, so that it works with raw bodies too; the
         *     `acl` by the JSON envelope. (In a WebSocket frame and in an operation of a
         *     transaction all of them are fields.) A sequential mode appends a counter of at least
         *     ten digits to the path, which may then end with a slash (`/queue/` makes
         *     `/queue/0000000000`). An ephemeral znode needs a session.
         *
         *     A create never overwrites: 409 NodeExists. `If-None-Match: *` changes nothing but
         *     that 412.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly post: operations["createZnodeAt"];
        /**
         * Delete a znode
         * @description `recursive=true` deletes all descendants too, atomically under one zxid, up to the
         *     limit `recursiveDelete`. Otherwise a znode with children is 409 NotEmpty.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly delete: operations["deleteZnodeAt"];
        readonly options?: never;
        /**
         * Ask whether a znode exists
         * @description ZooKeeper's `exists`: the answer of the GET without its body, the stat in
         *     `Paddock-Stat`.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly head: operations["headZnodeAt"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/children/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the children of a znode
         * @description A page of names sorted by their UTF-16 code units, and the stat of the parent.
         *     `next` is there while there are more: repeat with `after` set to it (or follow
         *     `Link`). Pages are not pinned to one zxid: each shows the state it was read from.
         *     Children that the caller may not read are listed by name alone.
         */
        readonly get: operations["listChildren"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/children": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the children of a znode
         * @description A page of names sorted by their UTF-16 code units, and the stat of the parent.
         *     `next` is there while there are more: repeat with `after` set to it (or follow
         *     `Link`). Pages are not pinned to one zxid: each shows the state it was read from.
         *     Children that the caller may not read are listed by name alone.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly get: operations["listChildrenAt"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/acls/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read the ACL of a znode */
        readonly get: operations["getAcl"];
        /**
         * Replace the ACL of a znode
         * @description `If-Match` with the ETag of the ACL compares czxid and aversion, so that it is refused for
         *     a znode that was deleted and created again. `version=N`, ZooKeeper's form, compares the
         *     aversion alone, which such a znode counts anew.
         */
        readonly put: operations["setAcl"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/acls": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the ACL of a znode
         * @description Of the root, or of the znode that `path` names.
         */
        readonly get: operations["getAclAt"];
        /**
         * Replace the ACL of a znode
         * @description `If-Match` with the ETag of the ACL compares czxid and aversion, so that it is refused for
         *     a znode that was deleted and created again. `version=N`, ZooKeeper's form, compares the
         *     aversion alone, which such a znode counts anew.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly put: operations["setAclAt"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotas/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the quota of a subtree
         * @description What it may hold, and what it holds: for whoever may read the limits (the znode
         *     `/zookeeper/quota{path}/zookeeper_limits`) and what they cover.
         */
        readonly get: operations["getQuota"];
        /**
         * Set the quota of a subtree
         * @description Replaces all its limits; with none the quota only counts. The quota of every ancestor counts
         *     too. What is there already stays, whatever the limits: a hard limit refuses what would use
         *     more (QuotaExceeded), a soft one is told of in the log and the metrics.
         *
         *     Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it.
         *     The limits are znodes as in ZooKeeper, in `/zookeeper/quota`, and their ACLs are asked as
         *     well. The root and what is in `/zookeeper` have no quota.
         */
        readonly put: operations["setQuota"];
        readonly post?: never;
        /**
         * Remove the quota of a subtree
         * @description Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it, and
         *     DELETE where its limits are, in `/zookeeper/quota`.
         */
        readonly delete: operations["removeQuota"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotas": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the quota of a subtree
         * @description What it may hold, and what it holds: for whoever may read the limits (the znode
         *     `/zookeeper/quota{path}/zookeeper_limits`) and what they cover.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly get: operations["getQuotaAt"];
        /**
         * Set the quota of a subtree
         * @description Replaces all its limits; with none the quota only counts. The quota of every ancestor counts
         *     too. What is there already stays, whatever the limits: a hard limit refuses what would use
         *     more (QuotaExceeded), a soft one is told of in the log and the metrics.
         *
         *     Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it.
         *     The limits are znodes as in ZooKeeper, in `/zookeeper/quota`, and their ACLs are asked as
         *     well. The root and what is in `/zookeeper` have no quota.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly put: operations["setQuotaAt"];
        readonly post?: never;
        /**
         * Remove the quota of a subtree
         * @description Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it, and
         *     DELETE where its limits are, in `/zookeeper/quota`.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly delete: operations["removeQuotaAt"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/descendants/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Count all descendants of a znode
         * @description At once for the root and where a quota counts anyway; otherwise by looking, up to a bound:
         *     then `complete` is false, and there are more.
         */
        readonly get: operations["countDescendants"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/descendants": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Count all descendants of a znode
         * @description At once for the root and where a quota counts anyway; otherwise by looking, up to a bound:
         *     then `complete` is false, and there are more.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly get: operations["countDescendantsAt"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watchers/{path}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List who watches a znode or waits for it
         * @description Watches on the znode, and recursive ones above it: of WebSocket connections, event streams
         *     and requests that wait. Needs ADMIN on the znode, or, as long as it is not there, on
         *     the closest one above it. A member knows its own watchers alone: `otherMembers` may have
         *     more. As many are listed as `explainedEntries` says, and counted all.
         */
        readonly get: operations["listWatchers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watchers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List who watches a znode or waits for it
         * @description Watches on the znode, and recursive ones above it: of WebSocket connections, event streams
         *     and requests that wait. Needs ADMIN on the znode, or, as long as it is not there, on
         *     the closest one above it. A member knows its own watchers alone: `otherMembers` may have
         *     more. As many are listed as `explainedEntries` says, and counted all.
         *
         *     Of the root, or of the znode that `path` names.
         */
        readonly get: operations["listWatchersAt"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Apply several operations, all or nothing
         * @description All operations take effect under one zxid, each seeing the ones before it; or none
         *     does, and the problem names the `index`, `path` and `code` of the first that failed.
         */
        readonly post: operations["transact"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/batch-reads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Read several znodes at one point in time
         * @description Every operation has its own result, or its `error` in its place; all are read from
         *     one state.
         */
        readonly post: operations["batchRead"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sync": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Catch up with the ensemble
         * @description Answers when this member has applied everything that the ensemble had committed
         *     before the request. A read after that, here, is as new as the request. It changes nothing:
         *     whatever it is answered with, it may be repeated.
         */
        readonly post: operations["sync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a session
         * @description The timeout is clamped to the configured range (1 s to 2 min unless set otherwise)
         *     and is 30 s when not given. Any request that shows the token in `Paddock-Session`
         *     renews the session; without one for `timeoutMs` it expires and its ephemeral znodes
         *     are deleted, all under one zxid.
         */
        readonly post: operations["openSession"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions/{sessionId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Look at a session
         * @description Like every request that shows the token, this renews the session.
         */
        readonly get: operations["getSession"];
        readonly put?: never;
        readonly post?: never;
        /**
         * End a session
         * @description Its ephemeral znodes are deleted at once, under one zxid.
         */
        readonly delete: operations["closeSession"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions/{sessionId}/heartbeat": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Keep a session alive */
        readonly post: operations["heartbeatSession"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions/{sessionId}/ephemerals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the ephemeral znodes of a session
         * @description Their whole paths, in order, a page at a time.
         */
        readonly get: operations["listEphemerals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions/{sessionId}/explanation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Explain what a session has
         * @description What it owns and watches, how long it certainly lives on as far as this member knows, and
         *     whether a WebSocket connection of this member speaks for it. Told to who shows its
         *     token, and of any session to super. As much is listed as `explainedEntries` says, and
         *     counted all.
         */
        readonly get: operations["explainSession"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Follow changes as Server-Sent Events
         * @description For `curl -N` and `EventSource`. Without `recursive` the events are those of the
         *     znode itself and `nodeChildrenChanged` of its children; with it those of the whole
         *     subtree (created, deleted, data changed), as the WebSocket's persistent and
         *     persistentRecursive watches. Absent `path` is the root.
         *
         *     Each event has `event:` its kind, `data:` a TreeEvent and `id:` where to resume
         *     after it, as `since` or (an EventSource does that by itself) `Last-Event-ID`.
         *     Resuming replays every later event, none missing and none twice. A quiet stream gets
         *     a comment and an id every 15 seconds. When the history does not reach back that far
         *     the answer is 410 HistoryGone with `oldestZxid`; within a stream it is `event:
         *     resync` with a ResyncNotice, then the stream ends.
         *
         *     Told is who has READ on the znode that the event names, in the ACL that it had when it
         *     happened. An id belongs to the user who was told it: resume as the same one.
         */
        readonly get: operations["streamEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ws": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Open a WebSocket
         * @description RFC 6455, subprotocol `paddock.v1.json`. One connection is one session, and
         *     everything on it is in order. The frames are the schemas whose name ends in `Frame`;
         *     `asyncapi.yaml` describes the conversation.
         */
        readonly get: operations["openWebSocket"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ensemble": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Look at the ensemble
         * @description Every member, with its role and how far it has come, as the answering one has heard within
         *     the last seconds. Members report to the one that leads; while none does, the answering one
         *     soon knows only of itself.
         */
        readonly get: operations["getEnsemble"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/whoami": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ask who the caller is
         * @description The identities that ACLs compare, and the session whose token was shown. With
         *     `Authorization` this is how to learn one's id for an ACL.
         */
        readonly get: operations["whoami"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/livez": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ask whether the process answers */
        readonly get: operations["getLiveness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ask whether the member can serve
         * @description 503 NotReady while it cannot, with the reason in `detail`: it knows of no leader, has not
         *     caught up since it started, or is stopping. A member that has caught up once answers reads
         *     also when it is not ready.
         */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the metrics
         * @description Prometheus text, in ZooKeeper's vocabulary where it has a word.
         */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.yaml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read this document */
        readonly get: operations["getOpenapi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/asyncapi.yaml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read the description of the WebSocket */
        readonly get: operations["getAsyncapi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/docs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read the documentation */
        readonly get: operations["getDocs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description A position in the one order of all changes.
         * @example 0000000300000a1c
         */
        readonly Zxid: string;
        /**
         * @description The zxid of the change that opened the session. Not secret.
         * @example 0000000300000a1c
         */
        readonly SessionId: string;
        /**
         * @description The session's id and its secret. Whoever shows it speaks for the session: it belongs in a header or a frame, never in a URL or a log.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        readonly SessionToken: string;
        /**
         * @description Where to resume: after all events of the change `zxid`, or with `zxid.n` after that one of its events that had this id, also when the filter or the caller is another one.
         * @example 0000000300000a1c.2746301823
         */
        readonly EventId: string;
        /**
         * @description How `data` stands for bytes: `utf8` is their text, `base64` (RFC 4648, section 4, padded) is for those that are not UTF-8.
         * @example utf8
         * @enum {string}
         */
        readonly Encoding: "utf8" | "base64";
        /**
         * Format: binary
         * @description The data of a znode, byte for byte.
         */
        readonly ZnodeBytes: string;
        /** @description Plain text. */
        readonly Text: string;
        /** @description Server-Sent Events, each with the JSON of a TreeEvent as its data. */
        readonly EventStream: string;
        /**
         * @description ZooKeeper's create modes. `_sequential` appends a counter to the name; `ephemeral` znodes go with their session; a `container` goes when its last child has; `_ttl` znodes go when unused for `ttlMs`. Where none is given it is `persistent`.
         * @example ephemeral_sequential
         * @enum {string}
         */
        readonly CreateMode: "persistent" | "persistent_sequential" | "ephemeral" | "ephemeral_sequential" | "container" | "persistent_ttl" | "persistent_sequential_ttl";
        /**
         * @description What a znode is once it exists.
         * @example persistent
         * @enum {string}
         */
        readonly ZnodeMode: "persistent" | "ephemeral" | "container" | "persistent_ttl";
        /**
         * Format: int64
         * @description Milliseconds, up to almost 35 years.
         * @example 60000
         */
        readonly TtlMs: number;
        /**
         * Format: int64
         * @description Milliseconds.
         * @example 10000
         */
        readonly DurationMs: number;
        /**
         * Format: int64
         * @description A count, exact in every language that has 53 bits for it.
         * @example 3
         */
        readonly Counter: number;
        /**
         * Format: int64
         * @description A version that must be met; -1 is any.
         * @example 3
         */
        readonly ExpectedVersion: number;
        /**
         * @description An ETag that the znode must have, with or without its quotes; the mzxid in it is compared.
         * @example 0000000300000a1c
         */
        readonly Etag: string;
        /**
         * @description What to show besides.
         * @example stat
         * @enum {string}
         */
        readonly Include: "stat" | "data";
        /**
         * @description What to show besides.
         * @example [
         *       "stat"
         *     ]
         */
        readonly IncludeList: readonly components["schemas"]["Include"][];
        /**
         * @description The attributes of a znode.
         * @example {
         *       "czxid": "0000000300000a1c",
         *       "mzxid": "0000000300000a1f",
         *       "pzxid": "0000000300000a1c",
         *       "ctime": 1767225600000,
         *       "mtime": 1767225601250,
         *       "version": 3,
         *       "cversion": 0,
         *       "aversion": 0,
         *       "dataLength": 5,
         *       "numChildren": 0,
         *       "mode": "persistent"
         *     }
         */
        readonly Stat: {
            /** @description Of the change that created the znode. */
            readonly czxid: string;
            /** @description Of the last change of its data. */
            readonly mzxid: string;
            /** @description Of the last creation or deletion of one of its children. */
            readonly pzxid: string;
            /**
             * Format: int64
             * @description When it was created, milliseconds since 1970.
             */
            readonly ctime: number;
            /**
             * Format: int64
             * @description When its data was last changed, milliseconds since 1970.
             */
            readonly mtime: number;
            /**
             * Format: int64
             * @description Changes of its data.
             */
            readonly version: number;
            /**
             * Format: int64
             * @description Creations and deletions of its children.
             */
            readonly cversion: number;
            /**
             * Format: int64
             * @description Changes of its ACL.
             */
            readonly aversion: number;
            /**
             * Format: int64
             * @description Bytes of its data.
             */
            readonly dataLength: number;
            /**
             * Format: int64
             * @description Children that it has.
             */
            readonly numChildren: number;
            readonly mode: components["schemas"]["ZnodeMode"];
            /** @description The session that an ephemeral znode goes with. */
            readonly ephemeralOwner?: string;
            /**
             * Format: int64
             * @description Of a TTL znode.
             */
            readonly ttlMs?: number;
            /**
             * Format: int64
             * @description Of a TTL znode: when it may be removed unless it is written or has children by then, milliseconds since 1970.
             */
            readonly expiresAt?: number;
        };
        /**
         * @description A grant. Any that matches the caller suffices; nothing is inherited.
         * @example {
         *       "perms": "cdrwa",
         *       "scheme": "world",
         *       "id": "anyone"
         *     }
         */
        readonly AclEntry: {
            /** @description One or more of the letters c(reate), d(elete), r(ead), w(rite), a(dmin). */
            readonly perms: string;
            /** @description `world`, `digest`, `ip`, `x509`, or `auth`, which stands for everybody whom the caller has proved to be and is stored as those. */
            readonly scheme: string;
            /** @description Who is meant: `anyone` in `world`; `user:base64(SHA-256(user:password))` in `digest`, shown as `user:x` to those without ADMIN; an address or `address/bits` in `ip`; the subject of a certificate in `x509`, like `CN=alice,O=Example` (RFC 4514, the form in which `whoami` shows it); nothing that matters in `auth`. */
            readonly id: string;
        };
        /**
         * @description Who may do what with a znode, at least one entry.
         * @example [
         *       {
         *         "perms": "cdrwa",
         *         "scheme": "world",
         *         "id": "anyone"
         *       }
         *     ]
         */
        readonly Acl: readonly components["schemas"]["AclEntry"][];
        /**
         * @description Something that the caller is known to be.
         * @example {
         *       "scheme": "ip",
         *       "id": "127.0.0.1"
         *     }
         */
        readonly Identity: {
            /** @description `ip`, `x509`, `digest` or `super`. */
            readonly scheme: string;
            /** @description In that scheme: the address, the id to write into an ACL, nothing. */
            readonly id: string;
        };
        /**
         * @description How a client shows who it is.
         * @example digest
         * @enum {string}
         */
        readonly CredentialScheme: "digest";
        /**
         * @description A user and a password, as `Authorization` has them over HTTP.
         * @example {
         *       "scheme": "digest",
         *       "user": "alice",
         *       "password": "secret"
         *     }
         */
        readonly Credentials: {
            readonly scheme: components["schemas"]["CredentialScheme"];
            /** @description A name without a colon. */
            readonly user: string;
            /** Format: password */
            readonly password: string;
        };
        /**
         * @description The envelope of a znode's data.
         * @example {
         *       "data": "hello"
         *     }
         */
        readonly SetDataRequest: {
            /** @description The new data. */
            readonly data: string;
            readonly encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description The envelope of a new znode's data and ACL.
         * @example {
         *       "data": "hello"
         *     }
         */
        readonly CreateRequest: {
            /** @description Absent is empty. */
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            readonly takeover?: string;
        };
        /**
         * @description A new ACL.
         * @example {
         *       "acl": [
         *         {
         *           "perms": "r",
         *           "scheme": "world",
         *           "id": "anyone"
         *         }
         *       ]
         *     }
         */
        readonly SetAclRequest: {
            readonly acl: components["schemas"]["Acl"];
        };
        /**
         * @description Operations that take effect together or not at all.
         * @example {
         *       "ops": [
         *         {
         *           "op": "check",
         *           "path": "/app/leader",
         *           "version": 3
         *         },
         *         {
         *           "op": "set",
         *           "path": "/app/config",
         *           "data": "hello"
         *         }
         *       ]
         *     }
         */
        readonly TransactionRequest: {
            readonly ops: readonly components["schemas"]["TransactionOp"][];
            /**
             * @description Answer what would happen and change nothing. Needs READ as well, on what is set or deleted and on the parents of what is created.
             * @default false
             */
            readonly dryRun?: boolean;
        };
        /**
         * @description Reads of one state.
         * @example {
         *       "ops": [
         *         {
         *           "op": "get",
         *           "path": "/app/config"
         *         },
         *         {
         *           "op": "children",
         *           "path": "/app",
         *           "limit": 10
         *         }
         *       ]
         *     }
         */
        readonly BatchReadRequest: {
            readonly ops: readonly components["schemas"]["ReadOp"][];
        };
        /**
         * @description The limits of a quota; what is left out is no limit.
         * @example {
         *       "countLimit": 1000
         *     }
         */
        readonly SetQuotaRequest: {
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused; -1 is no limit.
             */
            readonly countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused; -1 is no limit.
             */
            readonly bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so; -1 is no limit.
             */
            readonly countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so; -1 is no limit.
             */
            readonly bytesSoftLimit?: number;
        };
        /**
         * @description How long the session may be silent.
         * @example {
         *       "timeoutMs": 10000
         *     }
         */
        readonly OpenSessionRequest: {
            /**
             * Format: int64
             * @description Clamped to the configured range.
             * @default 30000
             */
            readonly timeoutMs?: number;
        };
        /**
         * @description One operation of a transaction: CreateOp, SetOp, DeleteOp, CheckOp or CheckAbsentOp, as `op` says. A field that the operation does not have is refused.
         * @example {
         *       "op": "create",
         *       "path": "/queue/",
         *       "mode": "persistent_sequential"
         *     }
         */
        readonly TransactionOp: {
            /** @enum {string} */
            readonly op: "create" | "set" | "delete" | "check" | "checkAbsent";
            readonly path: string;
            /** @description Of create and set. */
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly mode?: components["schemas"]["CreateMode"];
            readonly ttlMs?: components["schemas"]["TtlMs"];
            /** @description Of create: create missing ancestors too. */
            readonly parents?: boolean;
            readonly acl?: components["schemas"]["Acl"];
            /** @description Of create: the token of a former session, whose ephemeral it may replace. */
            readonly takeover?: string;
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
            /** @description Of set: create the znode when it is missing. */
            readonly create?: boolean;
            /** @description Of delete: delete all descendants too. */
            readonly recursive?: boolean;
        };
        /**
         * @description Creates a znode.
         * @example {
         *       "op": "create",
         *       "path": "/queue/",
         *       "mode": "persistent_sequential"
         *     }
         */
        readonly CreateOp: {
            /** @enum {string} */
            readonly op: "create";
            readonly path: string;
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly mode?: components["schemas"]["CreateMode"];
            readonly ttlMs?: components["schemas"]["TtlMs"];
            readonly parents?: boolean;
            readonly acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            readonly takeover?: string;
        };
        /**
         * @description Sets the data of a znode.
         * @example {
         *       "op": "set",
         *       "path": "/app/config",
         *       "data": "hello",
         *       "version": 3
         *     }
         */
        readonly SetOp: {
            /** @enum {string} */
            readonly op: "set";
            readonly path: string;
            readonly data: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
            readonly create?: boolean;
        };
        /**
         * @description Deletes a znode.
         * @example {
         *       "op": "delete",
         *       "path": "/app/config"
         *     }
         */
        readonly DeleteOp: {
            /** @enum {string} */
            readonly op: "delete";
            readonly path: string;
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
            readonly recursive?: boolean;
        };
        /**
         * @description Fails the transaction unless the znode exists, at this version if one is given.
         * @example {
         *       "op": "check",
         *       "path": "/app/leader",
         *       "version": 3
         *     }
         */
        readonly CheckOp: {
            /** @enum {string} */
            readonly op: "check";
            readonly path: string;
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
        };
        /**
         * @description Fails the transaction when the znode exists.
         * @example {
         *       "op": "checkAbsent",
         *       "path": "/app/lock"
         *     }
         */
        readonly CheckAbsentOp: {
            /** @enum {string} */
            readonly op: "checkAbsent";
            readonly path: string;
        };
        /**
         * @description One read of a batch: GetOp, ExistsOp, ChildrenOp or GetAclOp, as `op` says. A field that the operation does not have is refused.
         * @example {
         *       "op": "get",
         *       "path": "/app/config"
         *     }
         */
        readonly ReadOp: {
            /** @enum {string} */
            readonly op: "get" | "exists" | "children" | "getAcl";
            readonly path: string;
            /**
             * Format: int64
             * @description Of children.
             */
            readonly limit?: number;
            /** @description Of children. */
            readonly after?: string;
            readonly include?: components["schemas"]["IncludeList"];
        };
        /**
         * @description Reads data and stat.
         * @example {
         *       "op": "get",
         *       "path": "/app/config"
         *     }
         */
        readonly GetOp: {
            /** @enum {string} */
            readonly op: "get";
            readonly path: string;
        };
        /**
         * @description Reads whether a znode exists, and its stat.
         * @example {
         *       "op": "exists",
         *       "path": "/app/config"
         *     }
         */
        readonly ExistsOp: {
            /** @enum {string} */
            readonly op: "exists";
            readonly path: string;
        };
        /**
         * @description Reads a page of children.
         * @example {
         *       "op": "children",
         *       "path": "/app",
         *       "limit": 10
         *     }
         */
        readonly ChildrenOp: {
            /** @enum {string} */
            readonly op: "children";
            readonly path: string;
            /** Format: int64 */
            readonly limit?: number;
            readonly after?: string;
            readonly include?: components["schemas"]["IncludeList"];
        };
        /**
         * @description Reads the ACL.
         * @example {
         *       "op": "getAcl",
         *       "path": "/app/config"
         *     }
         */
        readonly GetAclOp: {
            /** @enum {string} */
            readonly op: "getAcl";
            readonly path: string;
        };
        /**
         * @description `sequential`: from what the member has applied, never older than what the session has seen there. `linearizable`: as new as the request; a quorum confirms it, which takes a round of the ensemble, and 503 NotReady says that none did within five seconds.
         * @default sequential
         * @example linearizable
         * @enum {string}
         */
        readonly Consistency: "sequential" | "linearizable";
        /** @description Data and stat of a znode. */
        readonly GetResult: {
            readonly path: string;
            readonly data: string;
            readonly encoding: components["schemas"]["Encoding"];
            readonly stat: components["schemas"]["Stat"];
            readonly watch?: components["schemas"]["WatchNumber"];
        };
        /**
         * @description Whether a znode exists; its stat when it does.
         * @example {
         *       "exists": false
         *     }
         */
        readonly ExistsResult: {
            readonly exists: boolean;
            readonly stat?: components["schemas"]["Stat"];
            readonly watch?: components["schemas"]["WatchNumber"];
        };
        /** @description The znode that was created or set, and its stat after that. */
        readonly WriteResult: {
            /** @description The final path, with the counter of a sequential mode. */
            readonly path: string;
            readonly stat: components["schemas"]["Stat"];
        };
        /**
         * @description Done; there is nothing to tell.
         * @example {}
         */
        readonly EmptyResult: Record<string, never>;
        /**
         * @description A child, with what `include` asked for as far as the caller may read it.
         * @example {
         *       "name": "worker-0000000007"
         *     }
         */
        readonly Child: {
            readonly name: string;
            readonly stat?: components["schemas"]["Stat"];
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
        };
        /** @description A page of children, sorted by name. */
        readonly ChildrenResult: {
            readonly path: string;
            readonly stat: components["schemas"]["Stat"];
            readonly children: readonly components["schemas"]["Child"][];
            /** @description Where the next page begins, `after` this name. Absent on the last. */
            readonly next?: string;
            readonly watch?: components["schemas"]["WatchNumber"];
        };
        /** @description The ACL as it is stored, and the stat. */
        readonly AclResult: {
            readonly path: string;
            readonly acl: components["schemas"]["Acl"];
            readonly stat: components["schemas"]["Stat"];
        };
        /** @description A quota, and what is used of it. */
        readonly QuotaResult: {
            /** @description The top of the subtree, which need not exist. */
            readonly path: string;
            /**
             * Format: int64
             * @description Znodes in it, the top one included.
             */
            readonly count: number;
            /**
             * Format: int64
             * @description Bytes of their data.
             */
            readonly bytes: number;
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused.
             */
            readonly countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused.
             */
            readonly bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so.
             */
            readonly countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so.
             */
            readonly bytesSoftLimit?: number;
        };
        /** @description What is below a znode. */
        readonly DescendantsResult: {
            readonly path: string;
            /**
             * Format: int64
             * @description Znodes, itself left out.
             */
            readonly count: number;
            /**
             * Format: int64
             * @description Bytes of their data.
             */
            readonly bytes: number;
            /** @description False when there are more than were counted. */
            readonly complete: boolean;
        };
        /** @description A page of the ephemeral znodes that a session owns. */
        readonly EphemeralsResult: {
            readonly sessionId: components["schemas"]["SessionId"];
            /** @description In their order. */
            readonly paths: readonly string[];
            /** @description The cursor of the next page, absent on the last. */
            readonly next?: string;
        };
        /**
         * Format: int32
         * @description The id of a member.
         * @example 2
         */
        readonly MemberNumber: number;
        /**
         * @description A WebSocket connection, an event stream, or an HTTP request that waits.
         * @enum {string}
         */
        readonly Via: "webSocket" | "eventStream" | "wait";
        /**
         * @description What a watch waits for; the first two are used up by their first event.
         * @enum {string}
         */
        readonly AnyWatchKind: "data" | "child" | "persistent" | "persistentRecursive";
        /** @description One watch that a change of the znode answers. */
        readonly Watcher: {
            readonly via: components["schemas"]["Via"];
            readonly kind: components["schemas"]["AnyWatchKind"];
            /** @description Where it was left: the znode itself, or one above it. Absent when that lies outside of the chroot. */
            readonly path?: string;
            readonly sessionId?: components["schemas"]["SessionId"];
        };
        /** @description Who watches a znode at one member. */
        readonly WatchersResult: {
            readonly path: string;
            readonly member: components["schemas"]["MemberNumber"];
            /** @description Members that may know of more. Each knows its own watchers alone. */
            readonly otherMembers: readonly components["schemas"]["MemberNumber"][];
            /** @description Everybody is listed, and there is no other member. */
            readonly complete: boolean;
            /**
             * Format: int32
             * @description How many there are at this member.
             */
            readonly count: number;
            readonly watchers: readonly components["schemas"]["Watcher"][];
        };
        /** @description A watch of a connection. */
        readonly OwnedWatch: {
            readonly watch: components["schemas"]["WatchNumber"];
            readonly kind: components["schemas"]["AnyWatchKind"];
            readonly path: string;
        };
        /** @description What a session has, as one member knows it. */
        readonly SessionExplanation: {
            readonly sessionId: components["schemas"]["SessionId"];
            readonly timeoutMs: components["schemas"]["DurationMs"];
            /**
             * Format: int64
             * @description How long it certainly lives on without a further sign of life. The leader knows best; a member that the session does not use may say 0.
             */
            readonly expiresInMs: number;
            /** @description A WebSocket connection of this member speaks for it. */
            readonly connected: boolean;
            readonly member: components["schemas"]["MemberNumber"];
            /** @description Members that may know of its connection and its watches, if this one does not. */
            readonly otherMembers: readonly components["schemas"]["MemberNumber"][];
            /** @description Everything is listed, and no other member could add to it, for the connection is here or there is no other member. */
            readonly complete: boolean;
            /** Format: int32 */
            readonly ephemeralCount: number;
            /** @description In their order. */
            readonly ephemerals: readonly string[];
            /** Format: int32 */
            readonly watchCount: number;
            /** @description Of its connection to this member, in the order of their numbers. */
            readonly watches: readonly components["schemas"]["OwnedWatch"][];
        };
        /**
         * @description What one operation came to. `path` and `stat` are those of a znode that was created or set; a set that had to create says create.
         * @example {
         *       "op": "check"
         *     }
         */
        readonly TransactionOpResult: {
            /** @enum {string} */
            readonly op: "create" | "set" | "delete" | "check" | "checkAbsent";
            readonly path?: string;
            readonly stat?: components["schemas"]["Stat"];
        };
        /** @description One result for each operation, in order. */
        readonly TransactionResult: {
            readonly results: readonly components["schemas"]["TransactionOpResult"][];
        };
        /**
         * @description What one read came to: the fields of GetResult, ExistsResult, ChildrenResult or AclResult, or `error`.
         * @example {
         *       "exists": false
         *     }
         */
        readonly ReadResult: {
            readonly path?: string;
            readonly exists?: boolean;
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly stat?: components["schemas"]["Stat"];
            readonly children?: readonly components["schemas"]["Child"][];
            readonly next?: string;
            readonly acl?: components["schemas"]["Acl"];
            readonly error?: components["schemas"]["OperationError"];
        };
        /** @description One result for each read, in order. */
        readonly BatchReadResult: {
            readonly results: readonly components["schemas"]["ReadResult"][];
        };
        /**
         * @description How far the member has come.
         * @example {
         *       "zxid": "0000000300000a1c"
         *     }
         */
        readonly SyncResult: {
            readonly zxid: components["schemas"]["Zxid"];
        };
        /** @description A session that has just been opened. The token is not shown again. */
        readonly SessionResult: {
            readonly sessionId: components["schemas"]["SessionId"];
            readonly token: components["schemas"]["SessionToken"];
            readonly timeoutMs: components["schemas"]["DurationMs"];
            readonly expiresInMs: components["schemas"]["DurationMs"];
        };
        /** @description A session. */
        readonly SessionInfo: {
            readonly sessionId: components["schemas"]["SessionId"];
            /**
             * Format: int64
             * @description How long it may be silent.
             */
            readonly timeoutMs: number;
            /**
             * Format: int64
             * @description How long it lives without a further sign of life, on the safe side.
             */
            readonly expiresInMs: number;
            /**
             * Format: int64
             * @description Ephemeral znodes that go with it.
             */
            readonly ephemerals: number;
        };
        /** @description Who the connection is from now on. */
        readonly AuthResult: {
            readonly identities: readonly components["schemas"]["Identity"][];
        };
        /** @description Who the caller is. */
        readonly Whoami: {
            readonly identities: readonly components["schemas"]["Identity"][];
            readonly sessionId?: components["schemas"]["SessionId"];
        };
        /**
         * @description A member of the ensemble. Of one that has not been heard of for some seconds, or whose
         *     connection has broken since, only `id` and `votes` are known.
         */
        readonly MemberStatus: {
            /** Format: int32 */
            readonly id: number;
            /** @description It counts for quorums; an observer does not. */
            readonly votes: boolean;
            /** @description The answering member has heard of it lately, directly or through the leader. */
            readonly reachable: boolean;
            /**
             * Format: int64
             * @description Log entries that the leader had applied and this member had not.
             */
            readonly lag?: number;
            /**
             * @description Only who is `leader` is shown as leading. Absent for a member that led as it was heard of last and does not any more.
             * @enum {string}
             */
            readonly role?: "looking" | "following" | "leading" | "observing";
            readonly epoch?: components["schemas"]["Counter"];
            readonly zxid?: components["schemas"]["Zxid"];
            /** @description Of the tree at that zxid, made with a secret that the members share; members at the same zxid have the same. Empty after an upgrade of the data format, until something changes. */
            readonly digest?: string;
            /** @description It can serve. */
            readonly ready?: boolean;
            /** @description Why it is not ready. */
            readonly reason?: string;
            /** @description Of the product. */
            readonly version?: string;
            readonly uptimeSeconds?: components["schemas"]["Counter"];
        };
        /** @description The ensemble as the answering member sees it. */
        readonly EnsembleStatus: {
            /**
             * Format: int32
             * @description The id of the member that leads, while one is known.
             */
            readonly leader?: number;
            readonly members: readonly components["schemas"]["MemberStatus"][];
        };
        /**
         * @description All is well.
         * @example {
         *       "status": "ok"
         *     }
         */
        readonly Health: {
            /** @enum {string} */
            readonly status: "ok";
        };
        /**
         * @description What went wrong, for programs.
         * @example BadVersion
         * @enum {string}
         */
        readonly ErrorCode: "BadArguments" | "NoNode" | "NodeExists" | "BadVersion" | "NotEmpty" | "NoChildrenForEphemerals" | "NoAuth" | "AuthFailed" | "InvalidACL" | "SessionExpired" | "RepeatMismatch" | "IdPassed" | "NoWatch" | "HistoryGone" | "AheadOfEnsemble" | "TooLarge" | "LimitExceeded" | "QuotaExceeded" | "Throttled" | "NotReady" | "ReadOnly" | "DiskFull" | "OutcomeUnknown" | "NotFound" | "MethodNotAllowed" | "NotAcceptable" | "UnsupportedMediaType" | "MisdirectedRequest" | "OriginNotAllowed" | "RequestTimeout";
        /**
         * @description `not-applied`: nothing changed, repeating is safe. `unknown`: it may have been applied.
         * @example not-applied
         * @enum {string}
         */
        readonly Outcome: "not-applied" | "unknown";
        /**
         * @description The limit that was reached, in the unit that its name tells.
         * @example {
         *       "name": "dataBytes",
         *       "value": 1048576
         *     }
         */
        readonly Limit: {
            readonly name: string;
            readonly value: components["schemas"]["Counter"];
        };
        /** @description A problem document (RFC 9457). */
        readonly Problem: {
            /**
             * Format: uri
             * @description Names the code, as `urn:paddock:problem:<code>`.
             */
            readonly type: string;
            /** @description The same for every problem of this code. */
            readonly title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            readonly status: number;
            /** @description What is the matter this time. */
            readonly detail?: string;
            /** @description This occurrence. */
            readonly instance?: string;
            readonly code: components["schemas"]["ErrorCode"];
            readonly outcome: components["schemas"]["Outcome"];
            /** @description The znode concerned: the addressed one, or a missing parent. */
            readonly path?: string;
            readonly zxid?: components["schemas"]["Zxid"];
            /**
             * Format: int32
             * @description The operation of a transaction that failed, from 0.
             */
            readonly index?: number;
            readonly stat?: components["schemas"]["Stat"];
            readonly limit?: components["schemas"]["Limit"];
            /** @description QuotaExceeded: the path whose quota it is, as far as the client sees it. */
            readonly quota?: string;
            /**
             * Format: int32
             * @description Seconds after which a repeat makes sense.
             */
            readonly retryAfter?: number;
            readonly oldestZxid?: components["schemas"]["Zxid"];
        };
        /**
         * @description A Problem without what only HTTP has, for frames and for the reads of a batch.
         * @example {
         *       "code": "NoNode",
         *       "outcome": "not-applied",
         *       "title": "The znode does not exist",
         *       "path": "/app/config"
         *     }
         */
        readonly OperationError: {
            readonly code: components["schemas"]["ErrorCode"];
            readonly outcome: components["schemas"]["Outcome"];
            /** @description The same for every error of this code. */
            readonly title: string;
            /** @description What is the matter this time. */
            readonly detail?: string;
            /** @description The znode concerned: the addressed one, or a missing parent. */
            readonly path?: string;
            /**
             * Format: int32
             * @description The operation of a transaction that failed, from 0.
             */
            readonly index?: number;
            readonly stat?: components["schemas"]["Stat"];
            readonly limit?: components["schemas"]["Limit"];
            /** @description QuotaExceeded: the path whose quota it is, as far as the client sees it. */
            readonly quota?: string;
            /**
             * Format: int32
             * @description Seconds after which a repeat makes sense.
             */
            readonly retryAfter?: number;
            readonly oldestZxid?: components["schemas"]["Zxid"];
        };
        /**
         * @description What happened to the znode at the path.
         * @example nodeDataChanged
         * @enum {string}
         */
        readonly EventKind: "nodeCreated" | "nodeDeleted" | "nodeDataChanged" | "nodeChildrenChanged";
        /**
         * @description One event of a stream of Server-Sent Events. `stat` and `data` are those that the change wrote, when `include` asked for them.
         * @example {
         *       "event": "nodeDeleted",
         *       "path": "/app/config",
         *       "zxid": "0000000300000a1c"
         *     }
         */
        readonly TreeEvent: {
            readonly event: components["schemas"]["EventKind"];
            readonly path: string;
            readonly zxid: components["schemas"]["Zxid"];
            readonly stat?: components["schemas"]["Stat"];
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description The last event of a stream of Server-Sent Events that cannot go on: events are missing that are not kept any more, so what was read must be read anew.
         * @example {
         *       "code": "HistoryGone",
         *       "oldestZxid": "0000000300000a1c"
         *     }
         */
        readonly ResyncNotice: {
            /** @enum {string} */
            readonly code: "HistoryGone";
            readonly oldestZxid: components["schemas"]["Zxid"];
        };
        /**
         * Format: int64
         * @description Read-only service: milliseconds since the member was last told by a leader that had a quorum. Absent when it has not been told since it started.
         * @example 12400
         */
        readonly AgeMs: number;
        /**
         * Format: int64
         * @description Chosen by the client, growing on a connection, and with `exactlyOnce` within the session. The answer has the same.
         * @example 7
         */
        readonly RequestId: number;
        /**
         * Format: int64
         * @description A watch of this connection. Its events name it.
         * @example 12
         */
        readonly WatchNumber: number;
        /**
         * @description Answer from a state at least this new, like `Paddock-Min-Zxid` over HTTP: what comes behind waits with it. NotReady when the member has not got there within five seconds.
         * @example 0000000300000a1c
         */
        readonly MinZxid: string;
        /**
         * @description The first frame of a connection: opens a session, or with `session` goes on with one. Answered with a ConnectResult.
         * @example {
         *       "id": 1,
         *       "op": "connect",
         *       "timeoutMs": 10000
         *     }
         */
        readonly ConnectFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "connect";
            /**
             * Format: int64
             * @description How long a new session may be silent; clamped to the configured range. With `session` it changes nothing: a session keeps the timeout that it was opened with, and the answer says it.
             * @default 30000
             */
            readonly timeoutMs?: number;
            /** @description The token of the session to go on with. */
            readonly session?: string;
            /** @description The last zxid that the client has seen; it is never shown an older state. */
            readonly lastZxid?: string;
            /** @description Who the connection is, beside its address; more by `auth` frames. */
            readonly auth?: readonly components["schemas"]["Credentials"][];
            /**
             * @description The connection sees the subtree of this path as the whole tree, in every request, answer and event. The znode need not exist.
             * @default /
             */
            readonly chroot?: string;
            /**
             * @description The client promises that its ids grow within the session, also from connection to connection, and wants its writes applied once, however often it sends them. To be said on each connection. That of `connect` itself does not count. The answers to the last 1000 operations are kept, and fewer when the limit `exactlyOnceBytes` leaves less for this session; a write whose answer alone is more is Throttled.
             * @default false
             */
            readonly exactlyOnce?: boolean;
            /**
             * @description The client takes answers of a member that has no leader, of what it has. Such a member connects it without a session, and gives it one when there is a leader; and it is told (SessionNoticeFrame) when read-only service begins and ends.
             * @default false
             */
            readonly readOnly?: boolean;
            /**
             * @description What is a sign of life: `pong`, the answer to the member's pings too, which a network stack gives by itself; `message`, only frames of the client.
             * @default pong
             * @enum {string}
             */
            readonly heartbeat?: "pong" | "message";
        };
        /**
         * @description Creates a znode. Answered with a WriteResult.
         * @example {
         *       "id": 2,
         *       "op": "create",
         *       "path": "/app/worker-",
         *       "mode": "ephemeral_sequential"
         *     }
         */
        readonly CreateFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "create";
            readonly path: string;
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly mode?: components["schemas"]["CreateMode"];
            readonly ttlMs?: components["schemas"]["TtlMs"];
            readonly parents?: boolean;
            readonly acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            readonly takeover?: string;
        };
        /**
         * @description Reads data and stat. Answered with a GetResult.
         * @example {
         *       "id": 3,
         *       "op": "get",
         *       "path": "/app/config",
         *       "watch": true
         *     }
         */
        readonly GetFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "get";
            readonly path: string;
            /** @description Leave a one-shot watch on data and existence. */
            readonly watch?: boolean;
            readonly consistency?: components["schemas"]["Consistency"];
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Reads whether a znode exists, and its stat. Answered with an ExistsResult.
         * @example {
         *       "id": 4,
         *       "op": "exists",
         *       "path": "/app/config"
         *     }
         */
        readonly ExistsFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "exists";
            readonly path: string;
            /** @description Leave a one-shot watch on data and existence. */
            readonly watch?: boolean;
            readonly consistency?: components["schemas"]["Consistency"];
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Sets the data of a znode. Answered with a WriteResult.
         * @example {
         *       "id": 7,
         *       "op": "set",
         *       "path": "/app/config",
         *       "data": "hello",
         *       "version": 3
         *     }
         */
        readonly SetFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "set";
            readonly path: string;
            readonly data: string;
            readonly encoding?: components["schemas"]["Encoding"];
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
            /** @description Create the znode when it is missing. */
            readonly create?: boolean;
        };
        /**
         * @description Deletes a znode. Answered with an EmptyResult.
         * @example {
         *       "id": 8,
         *       "op": "delete",
         *       "path": "/app/config"
         *     }
         */
        readonly DeleteFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "delete";
            readonly path: string;
            readonly version?: components["schemas"]["ExpectedVersion"];
            readonly etag?: components["schemas"]["Etag"];
            /** @description Delete all descendants too. */
            readonly recursive?: boolean;
        };
        /**
         * @description Reads a page of children. Answered with a ChildrenResult.
         * @example {
         *       "id": 9,
         *       "op": "children",
         *       "path": "/app",
         *       "include": [
         *         "stat"
         *       ]
         *     }
         */
        readonly ChildrenFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "children";
            readonly path: string;
            /** Format: int64 */
            readonly limit?: number;
            readonly after?: string;
            readonly include?: components["schemas"]["IncludeList"];
            /** @description Leave a one-shot watch on the children. */
            readonly watch?: boolean;
            readonly consistency?: components["schemas"]["Consistency"];
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Reads the ACL. Answered with an AclResult.
         * @example {
         *       "id": 10,
         *       "op": "getAcl",
         *       "path": "/app/config"
         *     }
         */
        readonly GetAclFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "getAcl";
            readonly path: string;
            readonly consistency?: components["schemas"]["Consistency"];
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Replaces the ACL. Answered with an AclResult.
         * @example {
         *       "id": 11,
         *       "op": "setAcl",
         *       "path": "/app/config",
         *       "acl": [
         *         {
         *           "perms": "r",
         *           "scheme": "world",
         *           "id": "anyone"
         *         }
         *       ]
         *     }
         */
        readonly SetAclFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "setAcl";
            readonly path: string;
            readonly acl: components["schemas"]["Acl"];
            /**
             * Format: int64
             * @description The ACL version (`aversion`) that the znode must be at; -1 is any.
             */
            readonly version?: number;
        };
        /**
         * @description Reads the quota of a subtree. Answered with a QuotaResult.
         * @example {
         *       "id": 12,
         *       "op": "getQuota",
         *       "path": "/app"
         *     }
         */
        readonly GetQuotaFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "getQuota";
            readonly path: string;
        };
        /**
         * @description Sets the quota of a subtree. Needs ADMIN on the znode, or on the closest one above it.
         *     Answered with an EmptyResult.
         * @example {
         *       "id": 12,
         *       "op": "setQuota",
         *       "path": "/app",
         *       "countLimit": 1000
         *     }
         */
        readonly SetQuotaFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "setQuota";
            readonly path: string;
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused; -1 is no limit.
             */
            readonly countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused; -1 is no limit.
             */
            readonly bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so; -1 is no limit.
             */
            readonly countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so; -1 is no limit.
             */
            readonly bytesSoftLimit?: number;
        };
        /**
         * @description Removes the quota of a subtree. Needs ADMIN on the znode, or on the closest one above it.
         *     Answered with an EmptyResult.
         * @example {
         *       "id": 12,
         *       "op": "removeQuota",
         *       "path": "/app"
         *     }
         */
        readonly RemoveQuotaFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "removeQuota";
            readonly path: string;
        };
        /**
         * @description Counts what is below a znode. Answered with a DescendantsResult.
         * @example {
         *       "id": 12,
         *       "op": "descendants",
         *       "path": "/app"
         *     }
         */
        readonly DescendantsFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "descendants";
            readonly path: string;
        };
        /**
         * @description Lists the session's own ephemeral znodes. Answered with an EphemeralsResult.
         * @example {
         *       "id": 12,
         *       "op": "ephemerals",
         *       "prefix": "/workers/"
         *     }
         */
        readonly EphemeralsFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "ephemerals";
            /** @description Only paths that begin with this text. */
            readonly prefix?: string;
            /**
             * Format: int32
             * @description Paths in the page.
             */
            readonly limit?: number;
            /** @description Only paths that sort after this one. */
            readonly after?: string;
        };
        /**
         * @description Lists who watches a znode or waits for it, at this member. Needs ADMIN. Answered with a WatchersResult.
         * @example {
         *       "id": 12,
         *       "op": "watchers",
         *       "path": "/app/config"
         *     }
         */
        readonly WatchersFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "watchers";
            readonly path: string;
        };
        /**
         * @description Explains what a session has: this connection's, or any other one to super. Answered with a SessionExplanation.
         * @example {
         *       "id": 12,
         *       "op": "explainSession"
         *     }
         */
        readonly ExplainSessionFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "explainSession";
            /** @description This connection's when it is absent. */
            readonly sessionId?: string;
        };
        /**
         * @description Applies several operations, all or nothing. Answered with a TransactionResult.
         * @example {
         *       "id": 12,
         *       "op": "transaction",
         *       "ops": [
         *         {
         *           "op": "checkAbsent",
         *           "path": "/app/lock"
         *         },
         *         {
         *           "op": "delete",
         *           "path": "/app/config"
         *         }
         *       ]
         *     }
         */
        readonly TransactionFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "transaction";
            readonly ops: readonly components["schemas"]["TransactionOp"][];
            /**
             * @description Answer what would happen and change nothing. Needs READ as well, on what is set or deleted and on the parents of what is created.
             * @default false
             */
            readonly dryRun?: boolean;
        };
        /**
         * @description Reads several znodes at one point in time. Answered with a BatchReadResult.
         * @example {
         *       "id": 13,
         *       "op": "read",
         *       "ops": [
         *         {
         *           "op": "get",
         *           "path": "/app/config"
         *         }
         *       ]
         *     }
         */
        readonly ReadFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "read";
            readonly ops: readonly components["schemas"]["ReadOp"][];
            readonly consistency?: components["schemas"]["Consistency"];
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Catches up with the ensemble. Answered with a SyncResult.
         * @example {
         *       "id": 14,
         *       "op": "sync"
         *     }
         */
        readonly SyncFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "sync";
        };
        /**
         * @description Asks who the caller is. Answered with a Whoami.
         * @example {
         *       "id": 15,
         *       "op": "whoami"
         *     }
         */
        readonly WhoamiFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "whoami";
        };
        /**
         * @description Adds an identity to those of the connection, for everything that follows. Any user with any password is one; what cannot be one (a name with a colon, control characters, too long) is AuthFailed, and changes nothing. Answered with an AuthResult.
         * @example {
         *       "id": 19,
         *       "op": "auth",
         *       "scheme": "digest",
         *       "user": "alice",
         *       "password": "secret"
         *     }
         */
        readonly AuthFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "auth";
            readonly scheme: components["schemas"]["CredentialScheme"];
            /** @description A name without a colon. */
            readonly user: string;
            /** Format: password */
            readonly password: string;
        };
        /**
         * @description A sign of life. Answered with a PingResult. With `minZxid` the answer says that every event up to that zxid has been sent.
         * @example {
         *       "id": 16,
         *       "op": "ping"
         *     }
         */
        readonly PingFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "ping";
            readonly minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Leaves a watch that stays until it is removed. With `since` every event after that zxid comes first. Answered with an AddWatchResult.
         * @example {
         *       "id": 17,
         *       "op": "addWatch",
         *       "path": "/app",
         *       "mode": "persistentRecursive",
         *       "include": [
         *         "data"
         *       ]
         *     }
         */
        readonly AddWatchFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "addWatch";
            readonly path: string;
            /**
             * @description `persistent`: the znode itself and its list of children; `persistentRecursive`: the whole subtree, without nodeChildrenChanged.
             * @enum {string}
             */
            readonly mode: "persistent" | "persistentRecursive";
            readonly since?: components["schemas"]["Zxid"];
            readonly include?: components["schemas"]["IncludeList"];
        };
        /**
         * @description Leaves one-shot watches of a former connection again. Each that has missed an event after `since` fires with the first one, right behind the answer; the others wait for theirs. Answered with a SetWatchesResult, or with HistoryGone: then read anew. The `zxid` of the answer is where these watches stand: `since` when some have missed anything, whose events whoever loses the connection right behind the answer has not had.
         * @example {
         *       "id": 20,
         *       "op": "setWatches",
         *       "since": "0000000300000a1c",
         *       "data": [
         *         "/app/config"
         *       ],
         *       "child": [
         *         "/app"
         *       ]
         *     }
         */
        readonly SetWatchesFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "setWatches";
            readonly since: components["schemas"]["Zxid"];
            /** @description Paths that get or exists left a watch on. */
            readonly data?: readonly string[];
            /** @description Paths that children left a watch on. */
            readonly child?: readonly string[];
        };
        /**
         * @description Removes a watch by its number, or all of this connection's watches of one kind on a path. Answered with an EmptyResult, or with NoWatch when there was none.
         * @example {
         *       "id": 18,
         *       "op": "removeWatch",
         *       "watch": 12
         *     }
         */
        readonly RemoveWatchFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "removeWatch";
            readonly watch?: components["schemas"]["WatchNumber"];
            /** @description Instead of `watch`, with `kind`. */
            readonly path?: string;
            readonly kind?: components["schemas"]["WatchKind"];
        };
        /**
         * @description `data` is left by get and exists, `child` by children; `any` is all of them.
         * @example any
         * @enum {string}
         */
        readonly WatchKind: "data" | "child" | "persistent" | "persistentRecursive" | "any";
        /**
         * @description Ends the session: its ephemeral znodes are deleted. Answered with an EmptyResult, then the connection is closed.
         * @example {
         *       "id": 19,
         *       "op": "close"
         *     }
         */
        readonly CloseFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @enum {string} */
            readonly op: "close";
        };
        /** @description The session of this connection. There is none, with the id `0000000000000000` and no `token`, when a client that allows it has come to a member in read-only service. */
        readonly ConnectResult: {
            readonly sessionId: components["schemas"]["SessionId"];
            readonly token?: components["schemas"]["SessionToken"];
            /**
             * Format: int64
             * @description How long the session may be silent.
             */
            readonly timeoutMs: number;
            readonly expiresInMs?: components["schemas"]["RemainingMs"];
            /** @description It is the session whose token was shown, and not a new one. */
            readonly resumed: boolean;
            /** @description The member has no leader, and serves reads only at present. */
            readonly readOnly: boolean;
            /**
             * Format: int64
             * @description With `exactlyOnce`, the largest id of the session under which this member has seen anything applied, 0 when there is none: new requests need larger ones.
             */
            readonly lastId?: number;
        };
        /**
         * Format: int64
         * @description How long the session lives for certain without a further sign of life, whoever leads; 0: nothing is certain, which is usual for the first 0.1 s of a session that is gone on with. Absent where there is no session.
         * @example 9000
         */
        readonly RemainingMs: number;
        /**
         * @description How the session of this connection stands.
         * @example {
         *       "expiresInMs": 9000
         *     }
         */
        readonly PingResult: {
            readonly expiresInMs?: components["schemas"]["RemainingMs"];
        };
        /**
         * @description The watch that was left.
         * @example {
         *       "watch": 12
         *     }
         */
        readonly AddWatchResult: {
            readonly watch: components["schemas"]["WatchNumber"];
        };
        /**
         * @description The numbers of the watches, in the order of the paths.
         * @example {
         *       "data": [
         *         13
         *       ],
         *       "child": [
         *         14
         *       ]
         *     }
         */
        readonly SetWatchesResult: {
            readonly data: readonly components["schemas"]["WatchNumber"][];
            readonly child: readonly components["schemas"]["WatchNumber"][];
        };
        /**
         * @description The result of the operation, as the description of its frame says.
         * @example {}
         */
        readonly AnswerResult: {
            readonly [key: string]: unknown;
        };
        /**
         * @description The answer to a frame, with exactly one of `result` and `error`. Answers come in request order.
         * @example {
         *       "id": 16,
         *       "zxid": "0000000300000a1c",
         *       "result": {}
         *     }
         */
        readonly AnswerFrame: {
            readonly id: components["schemas"]["RequestId"];
            /** @description Of the change, for a write; else the last one applied by the member. */
            readonly zxid: string;
            /** @description The member has had no leader for too long, and serves reads only. */
            readonly readOnly?: boolean;
            readonly ageMs?: components["schemas"]["AgeMs"];
            readonly result?: components["schemas"]["AnswerResult"];
            /** @description True when the write was a repeat and this is the answer to its first attempt; else absent. */
            readonly replayed?: boolean;
            readonly error?: components["schemas"]["OperationError"];
        };
        /**
         * @description An event, once for each connection, naming every watch of it that it answers. `stat` and `data` are those that the change wrote, when a watch asked for them.
         * @example {
         *       "event": "nodeDataChanged",
         *       "path": "/app/config",
         *       "zxid": "0000000300000a1c",
         *       "watches": [
         *         12
         *       ]
         *     }
         */
        readonly EventFrame: {
            readonly event: components["schemas"]["EventKind"];
            readonly path: string;
            readonly zxid: components["schemas"]["Zxid"];
            readonly watches: readonly components["schemas"]["WatchNumber"][];
            readonly stat?: components["schemas"]["Stat"];
            readonly data?: string;
            readonly encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description A watch with `since` could not go on: events are missing that are not kept any more. The watch has been removed; what it watched must be read anew.
         * @example {
         *       "event": "resync",
         *       "watch": 12,
         *       "oldestZxid": "0000000300000a1c"
         *     }
         */
        readonly ResyncFrame: {
            /** @enum {string} */
            readonly event: "resync";
            readonly watch: components["schemas"]["WatchNumber"];
            readonly oldestZxid: components["schemas"]["Zxid"];
        };
        /**
         * @description `closed`, `expired`, `moved`: the session is no longer this connection's: it has been closed, has expired, or another connection speaks for it. The last frame before the connection is closed. `uncertain`: the time that the session certainly had is over, and the member has not heard that it has ended. It may have, and what it holds may be given to another one from now on; so it is when the member is cut off from the others, or when the client has shown no sign of life. To a client that allows `readOnly` also `connectedReadOnly`: the member has no leader, and serves reads only. Both last until `connected`: the member is in full service again, and the session lives on for certain; or until the session is no longer this connection's. `connected` with `token`, `timeoutMs` and `expiresInMs` is a new session, which the connection has from now on, for it had none.
         * @example {
         *       "event": "session",
         *       "state": "expired",
         *       "sessionId": "0000000300000a1c"
         *     }
         */
        readonly SessionNoticeFrame: {
            /** @enum {string} */
            readonly event: "session";
            /** @enum {string} */
            readonly state: "closed" | "expired" | "moved" | "uncertain" | "connectedReadOnly" | "connected";
            readonly sessionId: components["schemas"]["SessionId"];
            readonly ageMs?: components["schemas"]["AgeMs"];
            readonly token?: components["schemas"]["SessionToken"];
            /**
             * Format: int64
             * @description How long the new session may be silent.
             */
            readonly timeoutMs?: number;
            readonly expiresInMs?: components["schemas"]["RemainingMs"];
        };
        /**
         * @description To a quiet connection with watches: every event up to and including this zxid has been sent. A good `since` and `lastZxid` to come back with.
         * @example {
         *       "progress": "0000000300000a1c"
         *     }
         */
        readonly ProgressFrame: {
            readonly progress: components["schemas"]["Zxid"];
        };
    };
    responses: {
        /** @description The client has the current representation; with `Prefer` it did not change in time */
        readonly NotModified: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly ETag: components["headers"]["ETag"];
                readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                readonly [name: string]: unknown;
            };
            content?: never;
        };
        /** @description BadArguments, InvalidACL: the request is malformed, and says how */
        readonly BadRequest: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description AuthFailed: `Authorization` is not Basic with a user and a password */
        readonly Unauthorized: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoAuth, LimitExceeded, QuotaExceeded, OriginNotAllowed: the ACL, a limit, a quota or the page's origin is against it */
        readonly Forbidden: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoNode: the addressed znode does not exist. NotFound: there is no such resource */
        readonly NotFound: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NotAcceptable: no representation matches `Accept` */
        readonly NotAcceptable: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoNode (of another znode than the addressed one, like the parent), NodeExists, NotEmpty, NoChildrenForEphemerals: the tree is against it. AheadOfEnsemble: the ensemble has never come to the `Paddock-Min-Zxid` or `since` of the request; it is another one, or was restored from an older state */
        readonly Conflict: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description SessionExpired: the session of `Paddock-Session` has ended. HistoryGone: events are not kept that far back */
        readonly Gone: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description BadVersion, or NoNode or NodeExists where a condition asked for the opposite: the current stat is shown */
        readonly PreconditionFailed: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description TooLarge: more than the limit that `limit` names */
        readonly TooLarge: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description UnsupportedMediaType: not JSON where only that is taken, or a `Content-Encoding` */
        readonly UnsupportedMediaType: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description RepeatMismatch: this caller has used the `Idempotency-Key` for another request, or in another session */
        readonly RepeatMismatch: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NotReady, Throttled, ReadOnly, DiskFull: not applied, safe to repeat after `Retry-After`, here or on another member. NotReady when no leader has taken the request within five seconds, when another entry of the log took its place as its leader was lost, and when the member has not caught up since it started, or is in read-only service and the request does not allow that. ReadOnly when the request allows it, and needs a leader */
        readonly Unavailable: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                readonly "Paddock-Age": components["headers"]["PaddockAge"];
                readonly "Retry-After": components["headers"]["RetryAfter"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description OutcomeUnknown: it may have been applied. It had been handed to a leader who was lost before it answered, or was not decided within 15 seconds. Sent again with the same `Idempotency-Key`, here or to another member, it is applied once */
        readonly OutcomeUnknown: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: 400 and 417 BadArguments (a parameter that is not here, an `Expect` other than `100-continue`), 409 AheadOfEnsemble where no other 409 is, 403 OriginNotAllowed, 408 RequestTimeout, 414 (URL) and 431 (headers) TooLarge, 415 UnsupportedMediaType (a `Content-Encoding`), 421 MisdirectedRequest (the member does not serve that `Host`), and 500, a mistake of the member that nothing a client sends should cause */
        readonly OtherProblem: {
            headers: {
                readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
         * @example app/config
         */
        readonly ZnodePath: string;
        /**
         * @description The znode's path, with its leading slash. Absent is the root.
         * @example /app/config
         */
        readonly PathQuery: string;
        /**
         * @description The session, which must be the one whose token is shown.
         * @example 0000000300000a1c
         */
        readonly SessionId: components["schemas"]["SessionId"];
        /**
         * @description The data version that the znode must be at. -1, like leaving it out, is any.
         * @example 3
         */
        readonly Version: components["schemas"]["ExpectedVersion"];
        /**
         * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
         * @example 0
         */
        readonly AclVersion: components["schemas"]["ExpectedVersion"];
        /**
         * @description What kind of znode to create.
         * @example ephemeral_sequential
         */
        readonly CreateModeQuery: components["schemas"]["CreateMode"];
        /**
         * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
         * @example 60000
         */
        readonly TtlMs: components["schemas"]["TtlMs"];
        /**
         * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
         * @example true
         */
        readonly Parents: boolean;
        /**
         * @description Delete all descendants too.
         * @example true
         */
        readonly Recursive: boolean;
        /**
         * @description Follow the whole subtree.
         * @example true
         */
        readonly RecursiveEvents: boolean;
        /**
         * @description Answer what would happen and change nothing; the same as the field of the body. Needs READ as well, on what is set or deleted and on the parents of what is created.
         * @example true
         */
        readonly DryRun: boolean;
        /**
         * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
         * @example 100
         */
        readonly Limit: number;
        /**
         * @description Only names that sort after this one; `next` of the page before.
         * @example worker-0000000007
         */
        readonly After: string;
        /**
         * @description Only paths that sort after this one; `next` of the page before.
         * @example /workers/w-0000000001
         */
        readonly AfterPath: string;
        /**
         * @description Only paths that begin with this text, letter by letter: `/a` begins `/ab` too.
         * @example /workers/
         */
        readonly Prefix: string;
        /**
         * @description What to show besides, comma-separated.
         * @example [
         *       "stat",
         *       "data"
         *     ]
         */
        readonly Include: components["schemas"]["IncludeList"];
        /**
         * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
         * @example version>3
         */
        readonly Until: string;
        /**
         * @description The id of an event: begin with the next one. A zxid is one, too: begin with the next change.
         * @example 0000000300000a1c
         */
        readonly Since: components["schemas"]["EventId"];
        /**
         * @description The same as `since`, and stronger; an EventSource sends it by itself when it reconnects.
         * @example 0000000300000a1c.2746301823
         */
        readonly LastEventId: components["schemas"]["EventId"];
        /**
         * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
         * @example "0000000300000a1c"
         */
        readonly IfMatch: string;
        /**
         * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
         * @example "0000000300000a1c.0"
         */
        readonly IfMatchAcl: string;
        /**
         * @description The ETag that the client has. While it is still right the answer is 304.
         * @example "0000000300000a1c.0.0"
         */
        readonly IfNoneMatchRead: string;
        /**
         * @description `*`: the znode must not exist. Else 412.
         * @example *
         */
        readonly IfNoneMatchWrite: string;
        /**
         * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
         * @example wait=30
         */
        readonly Prefer: string;
        /**
         * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        readonly Session: components["schemas"]["SessionToken"];
        /**
         * @description The token of this session, which the request renews.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        readonly SessionRequired: components["schemas"]["SessionToken"];
        /**
         * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
         * @example /tenants/a
         */
        readonly Chroot: string;
        /**
         * @description The same for an EventSource, which has no headers.
         * @example /tenants/a
         */
        readonly ChrootQuery: string;
        /**
         * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
         * @example 0000000300000a1c
         */
        readonly MinZxid: components["schemas"]["Zxid"];
        /**
         * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
         * @example true
         */
        readonly ReadOnly: boolean;
        /**
         * @description How fresh the answer is to be.
         * @example linearizable
         */
        readonly Consistency: components["schemas"]["Consistency"];
        /**
         * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
         * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
         */
        readonly IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description `true` when the request was a repeat and this is the answer to its first attempt.
         * @example true
         */
        readonly IdempotencyReplayed: "true";
        /**
         * @description The last zxid applied by the member that answered.
         * @example 0000000300000a1c
         */
        readonly PaddockZxid: components["schemas"]["Zxid"];
        /**
         * @description The member has had no leader for too long, and serves reads only: what it shows may be older than what another member has.
         * @example true
         */
        readonly PaddockReadOnly: boolean;
        /**
         * @description With `Paddock-Read-Only`: milliseconds since the member was last told by a leader that had a quorum. What was acknowledged since is not in the answer. Absent when it has not been told since it started.
         * @example 12400
         */
        readonly PaddockAge: number;
        /**
         * @description The stat as a dictionary of structured fields (RFC 9651) with the names of the JSON form. Not with the JSON form of a GET, which shows it.
         * @example mzxid="0000000300000a1c", version=3, mode="persistent"
         */
        readonly PaddockStat: string;
        /**
         * @description `"<mzxid>"` of the bytes, `"<mzxid>.<cversion>.<aversion>"` of the JSON form. Absent where a read shows the usage of a quota, `zookeeper_stats`, which changes without them.
         * @example "0000000300000a1c.0.0"
         */
        readonly ETag: string;
        /**
         * @description `"<czxid>.<aversion>"`: of which znode, and which of its ACLs. It stays the same when the stat beside the ACL changes otherwise.
         * @example "0000000300000a1c.0"
         */
        readonly AclETag: string;
        /**
         * @description The URL of what was created.
         * @example /v1/znodes/queue/0000000000
         */
        readonly Location: string;
        /**
         * @description The next page, `rel="next"`, while there is one.
         * @example </v1/children/queue?after=0000000099>; rel="next"
         */
        readonly Link: string;
        /**
         * @description The wait that was granted.
         * @example wait=30
         */
        readonly PreferenceApplied: string;
        /**
         * @description What `Authorization` may hold.
         * @example Basic realm="paddock", charset="UTF-8"
         */
        readonly WwwAuthenticate: string;
        /**
         * @description Seconds after which a repeat makes sense, where that is known.
         * @example 1
         */
        readonly RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly getZnode: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                readonly until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                readonly Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Paddock-Stat": components["headers"]["PaddockStat"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GetResult"];
                    readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
                };
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 304: components["responses"]["NotModified"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setZnode: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                readonly version?: components["parameters"]["Version"];
            };
            readonly header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetDataRequest"];
                readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        readonly responses: {
            /** @description The znode has the new data */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            /** @description The znode was missing and has been created */
            readonly 201: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly createZnode: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description What kind of znode to create.
                 * @example ephemeral_sequential
                 */
                readonly mode?: components["parameters"]["CreateModeQuery"];
                /**
                 * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
                 * @example 60000
                 */
                readonly ttlMs?: components["parameters"]["TtlMs"];
                /**
                 * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
                 * @example true
                 */
                readonly parents?: components["parameters"]["Parents"];
            };
            readonly header?: {
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateRequest"];
                readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        readonly responses: {
            /** @description The znode has been created; `path` is its final path */
            readonly 201: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly Location: components["headers"]["Location"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly deleteZnode: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                readonly version?: components["parameters"]["Version"];
                /**
                 * @description Delete all descendants too.
                 * @example true
                 */
                readonly recursive?: components["parameters"]["Recursive"];
            };
            readonly header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode is gone */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly headZnode: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                readonly until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                readonly Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode exists */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Paddock-Stat": components["headers"]["PaddockStat"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 304: components["responses"]["NotModified"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getZnodeAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                readonly until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                readonly Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Paddock-Stat": components["headers"]["PaddockStat"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GetResult"];
                    readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
                };
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 304: components["responses"]["NotModified"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setZnodeAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                readonly version?: components["parameters"]["Version"];
            };
            readonly header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetDataRequest"];
                readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        readonly responses: {
            /** @description The znode has the new data */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            /** @description The znode was missing and has been created */
            readonly 201: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly createZnodeAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description What kind of znode to create.
                 * @example ephemeral_sequential
                 */
                readonly mode?: components["parameters"]["CreateModeQuery"];
                /**
                 * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
                 * @example 60000
                 */
                readonly ttlMs?: components["parameters"]["TtlMs"];
                /**
                 * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
                 * @example true
                 */
                readonly parents?: components["parameters"]["Parents"];
            };
            readonly header?: {
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateRequest"];
                readonly "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        readonly responses: {
            /** @description The znode has been created; `path` is its final path */
            readonly 201: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly Location: components["headers"]["Location"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WriteResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly deleteZnodeAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                readonly version?: components["parameters"]["Version"];
                /**
                 * @description Delete all descendants too.
                 * @example true
                 */
                readonly recursive?: components["parameters"]["Recursive"];
            };
            readonly header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode is gone */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly headZnodeAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                readonly until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                readonly Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The znode exists */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Paddock-Stat": components["headers"]["PaddockStat"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly "Preference-Applied": components["headers"]["PreferenceApplied"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 304: components["responses"]["NotModified"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly listChildren: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Only names that sort after this one; `next` of the page before.
                 * @example worker-0000000007
                 */
                readonly after?: components["parameters"]["After"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                readonly include?: components["parameters"]["Include"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of children */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly Link: components["headers"]["Link"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChildrenResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly listChildrenAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Only names that sort after this one; `next` of the page before.
                 * @example worker-0000000007
                 */
                readonly after?: components["parameters"]["After"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                readonly include?: components["parameters"]["Include"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of children */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly Link: components["headers"]["Link"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChildrenResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getAcl: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The ACL and the stat */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["AclETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AclResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setAcl: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
                 * @example 0
                 */
                readonly version?: components["parameters"]["AclVersion"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
                 * @example "0000000300000a1c.0"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatchAcl"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetAclRequest"];
            };
        };
        readonly responses: {
            /** @description The ACL and the stat */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["AclETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AclResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getAclAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The ACL and the stat */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly ETag: components["headers"]["AclETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AclResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setAclAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
                 * @example 0
                 */
                readonly version?: components["parameters"]["AclVersion"];
            };
            readonly header?: {
                /**
                 * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
                 * @example "0000000300000a1c.0"
                 */
                readonly "If-Match"?: components["parameters"]["IfMatchAcl"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetAclRequest"];
            };
        };
        readonly responses: {
            /** @description The ACL and the stat */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly ETag: components["headers"]["AclETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AclResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getQuota: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quota */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QuotaResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setQuota: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetQuotaRequest"];
            };
        };
        readonly responses: {
            /** @description The quota is set */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly removeQuota: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quota is removed */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getQuotaAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quota */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QuotaResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly setQuotaAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetQuotaRequest"];
            };
        };
        readonly responses: {
            /** @description The quota is set */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly removeQuotaAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quota is removed */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly countDescendants: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description How many there are */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DescendantsResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly countDescendantsAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description How many there are */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DescendantsResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly listWatchers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                readonly path: components["parameters"]["ZnodePath"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The watchers at this member */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WatchersResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly listWatchersAt: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The watchers at this member */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WatchersResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly transact: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Answer what would happen and change nothing; the same as the field of the body. Needs READ as well, on what is set or deleted and on the parents of what is created.
                 * @example true
                 */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TransactionRequest"];
            };
        };
        readonly responses: {
            /** @description One result for each operation, in order */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TransactionResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["Conflict"];
            readonly 410: components["responses"]["Gone"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly batchRead: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                readonly consistency?: components["parameters"]["Consistency"];
            };
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["BatchReadRequest"];
            };
        };
        readonly responses: {
            /** @description One result for each operation, in order */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BatchReadResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly sync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description How far the member has come */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SyncResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly openSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["OpenSessionRequest"];
            };
        };
        readonly responses: {
            /** @description The session is open */
            readonly 201: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly Location: components["headers"]["Location"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            readonly path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionInfo"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly closeSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session has ended */
            readonly 204: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 422: components["responses"]["RepeatMismatch"];
            readonly 503: components["responses"]["Unavailable"];
            readonly 504: components["responses"]["OutcomeUnknown"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly heartbeatSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            readonly path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session, renewed */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionInfo"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly listEphemerals: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Only paths that begin with this text, letter by letter: `/a` begins `/ab` too.
                 * @example /workers/
                 */
                readonly prefix?: components["parameters"]["Prefix"];
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Only paths that sort after this one; `next` of the page before.
                 * @example /workers/w-0000000001
                 */
                readonly after?: components["parameters"]["AfterPath"];
            };
            readonly header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of paths */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EphemeralsResult"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly explainSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What the session has */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    readonly "Paddock-Age": components["headers"]["PaddockAge"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionExplanation"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly streamEvents: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                readonly path?: components["parameters"]["PathQuery"];
                /**
                 * @description Follow the whole subtree.
                 * @example true
                 */
                readonly recursive?: components["parameters"]["RecursiveEvents"];
                /**
                 * @description The id of an event: begin with the next one. A zxid is one, too: begin with the next change.
                 * @example 0000000300000a1c
                 */
                readonly since?: components["parameters"]["Since"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                readonly include?: components["parameters"]["Include"];
                /**
                 * @description The same for an EventSource, which has no headers.
                 * @example /tenants/a
                 */
                readonly chroot?: components["parameters"]["ChrootQuery"];
            };
            readonly header?: {
                /**
                 * @description The same as `since`, and stronger; an EventSource sends it by itself when it reconnects.
                 * @example 0000000300000a1c.2746301823
                 */
                readonly "Last-Event-ID"?: components["parameters"]["LastEventId"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                readonly "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The stream */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly openWebSocket: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The connection speaks WebSocket from now on */
            readonly 101: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getEnsemble: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The ensemble */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EnsembleStatus"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly whoami: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                readonly "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                readonly "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                readonly "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The caller */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Whoami"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 410: components["responses"]["Gone"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getLiveness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It can */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The metrics */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": components["schemas"]["Text"];
                };
            };
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getOpenapi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description This document */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/yaml": components["schemas"]["Text"];
                };
            };
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getAsyncapi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description AsyncAPI 3.0 */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/yaml": components["schemas"]["Text"];
                };
            };
            readonly default: components["responses"]["OtherProblem"];
        };
    };
    readonly getDocs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page that needs nothing but this member */
            readonly 200: {
                headers: {
                    readonly "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": components["schemas"]["Text"];
                };
            };
            readonly default: components["responses"]["OtherProblem"];
        };
    };
}
