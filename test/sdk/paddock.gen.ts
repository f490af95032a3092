// Made from openapi.yaml by `npm run gen`. Not for editing by hand.

export interface paths {
    "/v1/znodes/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
        get: operations["getZnode"];
        /**
         * Set the data of a znode
         * @description Creates the znode (persistent, open ACL) when it is missing, unless `If-Match` or
         *     `version` asks for one that is there. `If-None-Match: *` asks for the opposite:
         *     create only.
         *
         *     `application/json` is the envelope; a body of any other content type is the data
         *     itself.
         */
        put: operations["setZnode"];
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
        post: operations["createZnode"];
        /**
         * Delete a znode
         * @description `recursive=true` deletes all descendants too, atomically under one zxid, up to the
         *     limit `recursiveDelete`. Otherwise a znode with children is 409 NotEmpty.
         */
        delete: operations["deleteZnode"];
        options?: never;
        /**
         * Ask whether a znode exists
         * @description ZooKeeper's `exists`: the answer of the GET without its body, the stat in
         *     `Paddock-Stat`.
         */
        head: operations["headZnode"];
        patch?: never;
        trace?: never;
    };
    "/v1/znodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
        get: operations["getZnodeAt"];
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
        put: operations["setZnodeAt"];
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
        post: operations["createZnodeAt"];
        /**
         * Delete a znode
         * @description `recursive=true` deletes all descendants too, atomically under one zxid, up to the
         *     limit `recursiveDelete`. Otherwise a znode with children is 409 NotEmpty.
         *
         *     Of the root, or of the znode that `path` names.
         */
        delete: operations["deleteZnodeAt"];
        options?: never;
        /**
         * Ask whether a znode exists
         * @description ZooKeeper's `exists`: the answer of the GET without its body, the stat in
         *     `Paddock-Stat`.
         *
         *     Of the root, or of the znode that `path` names.
         */
        head: operations["headZnodeAt"];
        patch?: never;
        trace?: never;
    };
    "/v1/children/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the children of a znode
         * @description A page of names sorted by their UTF-16 code units, and the stat of the parent.
         *     `next` is there while there are more: repeat with `after` set to it (or follow
         *     `Link`). Pages are not pinned to one zxid: each shows the state it was read from.
         *     Children that the caller may not read are listed by name alone.
         */
        get: operations["listChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
        get: operations["listChildrenAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acls/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the ACL of a znode */
        get: operations["getAcl"];
        /**
         * Replace the ACL of a znode
         * @description `If-Match` with the ETag of the ACL compares czxid and aversion, so that it is refused for
         *     a znode that was deleted and created again. `version=N`, ZooKeeper's form, compares the
         *     aversion alone, which such a znode counts anew.
         */
        put: operations["setAcl"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/acls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the ACL of a znode
         * @description Of the root, or of the znode that `path` names.
         */
        get: operations["getAclAt"];
        /**
         * Replace the ACL of a znode
         * @description `If-Match` with the ETag of the ACL compares czxid and aversion, so that it is refused for
         *     a znode that was deleted and created again. `version=N`, ZooKeeper's form, compares the
         *     aversion alone, which such a znode counts anew.
         *
         *     Of the root, or of the znode that `path` names.
         */
        put: operations["setAclAt"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotas/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the quota of a subtree
         * @description What it may hold, and what it holds: for whoever may read the limits (the znode
         *     `/zookeeper/quota{path}/zookeeper_limits`) and what they cover.
         */
        get: operations["getQuota"];
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
        put: operations["setQuota"];
        post?: never;
        /**
         * Remove the quota of a subtree
         * @description Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it, and
         *     DELETE where its limits are, in `/zookeeper/quota`.
         */
        delete: operations["removeQuota"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the quota of a subtree
         * @description What it may hold, and what it holds: for whoever may read the limits (the znode
         *     `/zookeeper/quota{path}/zookeeper_limits`) and what they cover.
         *
         *     Of the root, or of the znode that `path` names.
         */
        get: operations["getQuotaAt"];
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
        put: operations["setQuotaAt"];
        post?: never;
        /**
         * Remove the quota of a subtree
         * @description Needs ADMIN on the znode, or, as long as it is not there, on the closest one above it, and
         *     DELETE where its limits are, in `/zookeeper/quota`.
         *
         *     Of the root, or of the znode that `path` names.
         */
        delete: operations["removeQuotaAt"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/descendants/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count all descendants of a znode
         * @description At once for the root and where a quota counts anyway; otherwise by looking, up to a bound:
         *     then `complete` is false, and there are more.
         */
        get: operations["countDescendants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/descendants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count all descendants of a znode
         * @description At once for the root and where a quota counts anyway; otherwise by looking, up to a bound:
         *     then `complete` is false, and there are more.
         *
         *     Of the root, or of the znode that `path` names.
         */
        get: operations["countDescendantsAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/watchers/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who watches a znode or waits for it
         * @description Watches on the znode, and recursive ones above it: of WebSocket connections, event streams
         *     and requests that wait. Needs ADMIN on the znode, or, as long as it is not there, on
         *     the closest one above it. A member knows its own watchers alone: `otherMembers` may have
         *     more. As many are listed as `explainedEntries` says, and counted all.
         */
        get: operations["listWatchers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/watchers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
        get: operations["listWatchersAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply several operations, all or nothing
         * @description All operations take effect under one zxid, each seeing the ones before it; or none
         *     does, and the problem names the `index`, `path` and `code` of the first that failed.
         */
        post: operations["transact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batch-reads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read several znodes at one point in time
         * @description Every operation has its own result, or its `error` in its place; all are read from
         *     one state.
         */
        post: operations["batchRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Catch up with the ensemble
         * @description Answers when this member has applied everything that the ensemble had committed
         *     before the request. A read after that, here, is as new as the request. It changes nothing:
         *     whatever it is answered with, it may be repeated.
         */
        post: operations["sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a session
         * @description The timeout is clamped to the configured range (1 s to 2 min unless set otherwise)
         *     and is 30 s when not given. Any request that shows the token in `Paddock-Session`
         *     renews the session; without one for `timeoutMs` it expires and its ephemeral znodes
         *     are deleted, all under one zxid.
         */
        post: operations["openSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a session
         * @description Like every request that shows the token, this renews the session.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its ephemeral znodes are deleted at once, under one zxid.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a session alive */
        post: operations["heartbeatSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/ephemerals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ephemeral znodes of a session
         * @description Their whole paths, in order, a page at a time.
         */
        get: operations["listEphemerals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain what a session has
         * @description What it owns and watches, how long it certainly lives on as far as this member knows, and
         *     whether a WebSocket connection of this member speaks for it. Told to who shows its
         *     token, and of any session to super. As much is listed as `explainedEntries` says, and
         *     counted all.
         */
        get: operations["explainSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a WebSocket
         * @description RFC 6455, subprotocol `paddock.v1.json`. One connection is one session, and
         *     everything on it is in order. The frames are the schemas whose name ends in `Frame`;
         *     `asyncapi.yaml` describes the conversation.
         */
        get: operations["openWebSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ensemble": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the ensemble
         * @description Every member, with its role and how far it has come, as the answering one has heard within
         *     the last seconds. Members report to the one that leads; while none does, the answering one
         *     soon knows only of itself.
         */
        get: operations["getEnsemble"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask who the caller is
         * @description The identities that ACLs compare, and the session whose token was shown. With
         *     `Authorization` this is how to learn one's id for an ACL.
         */
        get: operations["whoami"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether the process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the member can serve
         * @description 503 NotReady while it cannot, with the reason in `detail`: it knows of no leader, has not
         *     caught up since it started, or is stopping. A member that has caught up once answers reads
         *     also when it is not ready.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metrics
         * @description Prometheus text, in ZooKeeper's vocabulary where it has a word.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this document */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the description of the WebSocket */
        get: operations["getAsyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the documentation */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description A position in the one order of all changes.
         * @example 0000000300000a1c
         */
        Zxid: string;
        /**
         * @description The zxid of the change that opened the session. Not secret.
         * @example 0000000300000a1c
         */
        SessionId: string;
        /**
         * @description The session's id and its secret. Whoever shows it speaks for the session: it belongs in a header or a frame, never in a URL or a log.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        SessionToken: string;
        /**
         * @description Where to resume: after all events of the change `zxid`, or with `zxid.n` after that one of its events that had this id, also when the filter or the caller is another one.
         * @example 0000000300000a1c.2746301823
         */
        EventId: string;
        /**
         * @description How `data` stands for bytes: `utf8` is their text, `base64` (RFC 4648, section 4, padded) is for those that are not UTF-8.
         * @example utf8
         * @enum {string}
         */
        Encoding: "utf8" | "base64";
        /**
         * Format: binary
         * @description The data of a znode, byte for byte.
         */
        ZnodeBytes: string;
        /** @description Plain text. */
        Text: string;
        /** @description Server-Sent Events, each with the JSON of a TreeEvent as its data. */
        EventStream: string;
        /**
         * @description ZooKeeper's create modes. `_sequential` appends a counter to the name; `ephemeral` znodes go with their session; a `container` goes when its last child has; `_ttl` znodes go when unused for `ttlMs`. Where none is given it is `persistent`.
         * @example ephemeral_sequential
         * @enum {string}
         */
        CreateMode: "persistent" | "persistent_sequential" | "ephemeral" | "ephemeral_sequential" | "container" | "persistent_ttl" | "persistent_sequential_ttl";
        /**
         * @description What a znode is once it exists.
         * @example persistent
         * @enum {string}
         */
        ZnodeMode: "persistent" | "ephemeral" | "container" | "persistent_ttl";
        /**
         * Format: int64
         * @description Milliseconds, up to almost 35 years.
         * @example 60000
         */
        TtlMs: number;
        /**
         * Format: int64
         * @description Milliseconds.
         * @example 10000
         */
        DurationMs: number;
        /**
         * Format: int64
         * @description A count, exact in every language that has 53 bits for it.
         * @example 3
         */
        Counter: number;
        /**
         * Format: int64
         * @description A version that must be met; -1 is any.
         * @example 3
         */
        ExpectedVersion: number;
        /**
         * @description An ETag that the znode must have, with or without its quotes; the mzxid in it is compared.
         * @example 0000000300000a1c
         */
        Etag: string;
        /**
         * @description What to show besides.
         * @example stat
         * @enum {string}
         */
        Include: "stat" | "data";
        /**
         * @description What to show besides.
         * @example [
         *       "stat"
         *     ]
         */
        IncludeList: components["schemas"]["Include"][];
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
        Stat: {
            /** @description Of the change that created the znode. */
            czxid: string;
            /** @description Of the last change of its data. */
            mzxid: string;
            /** @description Of the last creation or deletion of one of its children. */
            pzxid: string;
            /**
             * Format: int64
             * @description When it was created, milliseconds since 1970.
             */
            ctime: number;
            /**
             * Format: int64
             * @description When its data was last changed, milliseconds since 1970.
             */
            mtime: number;
            /**
             * Format: int64
             * @description Changes of its data.
             */
            version: number;
            /**
             * Format: int64
             * @description Creations and deletions of its children.
             */
            cversion: number;
            /**
             * Format: int64
             * @description Changes of its ACL.
             */
            aversion: number;
            /**
             * Format: int64
             * @description Bytes of its data.
             */
            dataLength: number;
            /**
             * Format: int64
             * @description Children that it has.
             */
            numChildren: number;
            mode: components["schemas"]["ZnodeMode"];
            /** @description The session that an ephemeral znode goes with. */
            ephemeralOwner?: string;
            /**
             * Format: int64
             * @description Of a TTL znode.
             */
            ttlMs?: number;
            /**
             * Format: int64
             * @description Of a TTL znode: when it may be removed unless it is written or has children by then, milliseconds since 1970.
             */
            expiresAt?: number;
        };
        /**
         * @description A grant. Any that matches the caller suffices; nothing is inherited.
         * @example {
         *       "perms": "cdrwa",
         *       "scheme": "world",
         *       "id": "anyone"
         *     }
         */
        AclEntry: {
            /** @description One or more of the letters c(reate), d(elete), r(ead), w(rite), a(dmin). */
            perms: string;
            /** @description `world`, `digest`, `ip`, `x509`, or `auth`, which stands for everybody whom the caller has proved to be and is stored as those. */
            scheme: string;
            /** @description Who is meant: `anyone` in `world`; `user:base64(SHA-256(user:password))` in `digest`, shown as `user:x` to those without ADMIN; an address or `address/bits` in `ip`; the subject of a certificate in `x509`, like `CN=alice,O=Example` (RFC 4514, the form in which `whoami` shows it); nothing that matters in `auth`. */
            id: string;
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
        Acl: components["schemas"]["AclEntry"][];
        /**
         * @description Something that the caller is known to be.
         * @example {
         *       "scheme": "ip",
         *       "id": "127.0.0.1"
         *     }
         */
        Identity: {
            /** @description `ip`, `x509`, `digest` or `super`. */
            scheme: string;
            /** @description In that scheme: the address, the id to write into an ACL, nothing. */
            id: string;
        };
        /**
         * @description How a client shows who it is.
         * @example digest
         * @enum {string}
         */
        CredentialScheme: "digest";
        /**
         * @description A user and a password, as `Authorization` has them over HTTP.
         * @example {
         *       "scheme": "digest",
         *       "user": "alice",
         *       "password": "secret"
         *     }
         */
        Credentials: {
            scheme: components["schemas"]["CredentialScheme"];
            /** @description A name without a colon. */
            user: string;
            /** Format: password */
            password: string;
        };
        /**
         * @description The envelope of a znode's data.
         * @example {
         *       "data": "hello"
         *     }
         */
        SetDataRequest: {
            /** @description The new data. */
            data: string;
            encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description The envelope of a new znode's data and ACL.
         * @example {
         *       "data": "hello"
         *     }
         */
        CreateRequest: {
            /** @description Absent is empty. */
            data?: string;
            encoding?: components["schemas"]["Encoding"];
            acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            takeover?: string;
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
        SetAclRequest: {
            acl: components["schemas"]["Acl"];
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
        TransactionRequest: {
            ops: components["schemas"]["TransactionOp"][];
            /**
             * @description Answer what would happen and change nothing. Needs READ as well, on what is set or deleted and on the parents of what is created.
             * @default false
             */
            dryRun?: boolean;
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
        BatchReadRequest: {
            ops: components["schemas"]["ReadOp"][];
        };
        /**
         * @description The limits of a quota; what is left out is no limit.
         * @example {
         *       "countLimit": 1000
         *     }
         */
        SetQuotaRequest: {
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused; -1 is no limit.
             */
            countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused; -1 is no limit.
             */
            bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so; -1 is no limit.
             */
            countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so; -1 is no limit.
             */
            bytesSoftLimit?: number;
        };
        /**
         * @description How long the session may be silent.
         * @example {
         *       "timeoutMs": 10000
         *     }
         */
        OpenSessionRequest: {
            /**
             * Format: int64
             * @description Clamped to the configured range.
             * @default 30000
             */
            timeoutMs?: number;
        };
        /**
         * @description One operation of a transaction: CreateOp, SetOp, DeleteOp, CheckOp or CheckAbsentOp, as `op` says. A field that the operation does not have is refused.
         * @example {
         *       "op": "create",
         *       "path": "/queue/",
         *       "mode": "persistent_sequential"
         *     }
         */
        TransactionOp: {
            /** @enum {string} */
            op: "create" | "set" | "delete" | "check" | "checkAbsent";
            path: string;
            /** @description Of create and set. */
            data?: string;
            encoding?: components["schemas"]["Encoding"];
            mode?: components["schemas"]["CreateMode"];
            ttlMs?: components["schemas"]["TtlMs"];
            /** @description Of create: create missing ancestors too. */
            parents?: boolean;
            acl?: components["schemas"]["Acl"];
            /** @description Of create: the token of a former session, whose ephemeral it may replace. */
            takeover?: string;
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
            /** @description Of set: create the znode when it is missing. */
            create?: boolean;
            /** @description Of delete: delete all descendants too. */
            recursive?: boolean;
        };
        /**
         * @description Creates a znode.
         * @example {
         *       "op": "create",
         *       "path": "/queue/",
         *       "mode": "persistent_sequential"
         *     }
         */
        CreateOp: {
            /** @enum {string} */
            op: "create";
            path: string;
            data?: string;
            encoding?: components["schemas"]["Encoding"];
            mode?: components["schemas"]["CreateMode"];
            ttlMs?: components["schemas"]["TtlMs"];
            parents?: boolean;
            acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            takeover?: string;
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
        SetOp: {
            /** @enum {string} */
            op: "set";
            path: string;
            data: string;
            encoding?: components["schemas"]["Encoding"];
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
            create?: boolean;
        };
        /**
         * @description Deletes a znode.
         * @example {
         *       "op": "delete",
         *       "path": "/app/config"
         *     }
         */
        DeleteOp: {
            /** @enum {string} */
            op: "delete";
            path: string;
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
            recursive?: boolean;
        };
        /**
         * @description Fails the transaction unless the znode exists, at this version if one is given.
         * @example {
         *       "op": "check",
         *       "path": "/app/leader",
         *       "version": 3
         *     }
         */
        CheckOp: {
            /** @enum {string} */
            op: "check";
            path: string;
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
        };
        /**
         * @description Fails the transaction when the znode exists.
         * @example {
         *       "op": "checkAbsent",
         *       "path": "/app/lock"
         *     }
         */
        CheckAbsentOp: {
            /** @enum {string} */
            op: "checkAbsent";
            path: string;
        };
        /**
         * @description One read of a batch: GetOp, ExistsOp, ChildrenOp or GetAclOp, as `op` says. A field that the operation does not have is refused.
         * @example {
         *       "op": "get",
         *       "path": "/app/config"
         *     }
         */
        ReadOp: {
            /** @enum {string} */
            op: "get" | "exists" | "children" | "getAcl";
            path: string;
            /**
             * Format: int64
             * @description Of children.
             */
            limit?: number;
            /** @description Of children. */
            after?: string;
            include?: components["schemas"]["IncludeList"];
        };
        /**
         * @description Reads data and stat.
         * @example {
         *       "op": "get",
         *       "path": "/app/config"
         *     }
         */
        GetOp: {
            /** @enum {string} */
            op: "get";
            path: string;
        };
        /**
         * @description Reads whether a znode exists, and its stat.
         * @example {
         *       "op": "exists",
         *       "path": "/app/config"
         *     }
         */
        ExistsOp: {
            /** @enum {string} */
            op: "exists";
            path: string;
        };
        /**
         * @description Reads a page of children.
         * @example {
         *       "op": "children",
         *       "path": "/app",
         *       "limit": 10
         *     }
         */
        ChildrenOp: {
            /** @enum {string} */
            op: "children";
            path: string;
            /** Format: int64 */
            limit?: number;
            after?: string;
            include?: components["schemas"]["IncludeList"];
        };
        /**
         * @description Reads the ACL.
         * @example {
         *       "op": "getAcl",
         *       "path": "/app/config"
         *     }
         */
        GetAclOp: {
            /** @enum {string} */
            op: "getAcl";
            path: string;
        };
        /**
         * @description `sequential`: from what the member has applied, never older than what the session has seen there. `linearizable`: as new as the request; a quorum confirms it, which takes a round of the ensemble, and 503 NotReady says that none did within five seconds.
         * @default sequential
         * @example linearizable
         * @enum {string}
         */
        Consistency: "sequential" | "linearizable";
        /** @description Data and stat of a znode. */
        GetResult: {
            path: string;
            data: string;
            encoding: components["schemas"]["Encoding"];
            stat: components["schemas"]["Stat"];
            watch?: components["schemas"]["WatchNumber"];
        };
        /**
         * @description Whether a znode exists; its stat when it does.
         * @example {
         *       "exists": false
         *     }
         */
        ExistsResult: {
            exists: boolean;
            stat?: components["schemas"]["Stat"];
            watch?: components["schemas"]["WatchNumber"];
        };
        /** @description The znode that was created or set, and its stat after that. */
        WriteResult: {
            /** @description The final path, with the counter of a sequential mode. */
            path: string;
            stat: components["schemas"]["Stat"];
        };
        /**
         * @description Done; there is nothing to tell.
         * @example {}
         */
        EmptyResult: Record<string, never>;
        /**
         * @description A child, with what `include` asked for as far as the caller may read it.
         * @example {
         *       "name": "worker-0000000007"
         *     }
         */
        Child: {
            name: string;
            stat?: components["schemas"]["Stat"];
            data?: string;
            encoding?: components["schemas"]["Encoding"];
        };
        /** @description A page of children, sorted by name. */
        ChildrenResult: {
            path: string;
            stat: components["schemas"]["Stat"];
            children: components["schemas"]["Child"][];
            /** @description Where the next page begins, `after` this name. Absent on the last. */
            next?: string;
            watch?: components["schemas"]["WatchNumber"];
        };
        /** @description The ACL as it is stored, and the stat. */
        AclResult: {
            path: string;
            acl: components["schemas"]["Acl"];
            stat: components["schemas"]["Stat"];
        };
        /** @description A quota, and what is used of it. */
        QuotaResult: {
            /** @description The top of the subtree, which need not exist. */
            path: string;
            /**
             * Format: int64
             * @description Znodes in it, the top one included.
             */
            count: number;
            /**
             * Format: int64
             * @description Bytes of their data.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused.
             */
            countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused.
             */
            bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so.
             */
            countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so.
             */
            bytesSoftLimit?: number;
        };
        /** @description What is below a znode. */
        DescendantsResult: {
            path: string;
            /**
             * Format: int64
             * @description Znodes, itself left out.
             */
            count: number;
            /**
             * Format: int64
             * @description Bytes of their data.
             */
            bytes: number;
            /** @description False when there are more than were counted. */
            complete: boolean;
        };
        /** @description A page of the ephemeral znodes that a session owns. */
        EphemeralsResult: {
            sessionId: components["schemas"]["SessionId"];
            /** @description In their order. */
            paths: string[];
            /** @description The cursor of the next page, absent on the last. */
            next?: string;
        };
        /**
         * Format: int32
         * @description The id of a member.
         * @example 2
         */
        MemberNumber: number;
        /**
         * @description A WebSocket connection, an event stream, or an HTTP request that waits.
         * @enum {string}
         */
        Via: "webSocket" | "eventStream" | "wait";
        /**
         * @description What a watch waits for; the first two are used up by their first event.
         * @enum {string}
         */
        AnyWatchKind: "data" | "child" | "persistent" | "persistentRecursive";
        /** @description One watch that a change of the znode answers. */
        Watcher: {
            via: components["schemas"]["Via"];
            kind: components["schemas"]["AnyWatchKind"];
            /** @description Where it was left: the znode itself, or one above it. Absent when that lies outside of the chroot. */
            path?: string;
            sessionId?: components["schemas"]["SessionId"];
        };
        /** @description Who watches a znode at one member. */
        WatchersResult: {
            path: string;
            member: components["schemas"]["MemberNumber"];
            /** @description Members that may know of more. Each knows its own watchers alone. */
            otherMembers: components["schemas"]["MemberNumber"][];
            /** @description Everybody is listed, and there is no other member. */
            complete: boolean;
            /**
             * Format: int32
             * @description How many there are at this member.
             */
            count: number;
            watchers: components["schemas"]["Watcher"][];
        };
        /** @description A watch of a connection. */
        OwnedWatch: {
            watch: components["schemas"]["WatchNumber"];
            kind: components["schemas"]["AnyWatchKind"];
            path: string;
        };
        /** @description What a session has, as one member knows it. */
        SessionExplanation: {
            sessionId: components["schemas"]["SessionId"];
            timeoutMs: components["schemas"]["DurationMs"];
            /**
             * Format: int64
             * @description How long it certainly lives on without a further sign of life. The leader knows best; a member that the session does not use may say 0.
             */
            expiresInMs: number;
            /** @description A WebSocket connection of this member speaks for it. */
            connected: boolean;
            member: components["schemas"]["MemberNumber"];
            /** @description Members that may know of its connection and its watches, if this one does not. */
            otherMembers: components["schemas"]["MemberNumber"][];
            /** @description Everything is listed, and no other member could add to it, for the connection is here or there is no other member. */
            complete: boolean;
            /** Format: int32 */
            ephemeralCount: number;
            /** @description In their order. */
            ephemerals: string[];
            /** Format: int32 */
            watchCount: number;
            /** @description Of its connection to this member, in the order of their numbers. */
            watches: components["schemas"]["OwnedWatch"][];
        };
        /**
         * @description What one operation came to. `path` and `stat` are those of a znode that was created or set; a set that had to create says create.
         * @example {
         *       "op": "check"
         *     }
         */
        TransactionOpResult: {
            /** @enum {string} */
            op: "create" | "set" | "delete" | "check" | "checkAbsent";
            path?: string;
            stat?: components["schemas"]["Stat"];
        };
        /** @description One result for each operation, in order. */
        TransactionResult: {
            results: components["schemas"]["TransactionOpResult"][];
        };
        /**
         * @description What one read came to: the fields of GetResult, ExistsResult, ChildrenResult or AclResult, or `error`.
         * @example {
         *       "exists": false
         *     }
         */
        ReadResult: {
            path?: string;
            exists?: boolean;
            data?: string;
            encoding?: components["schemas"]["Encoding"];
            stat?: components["schemas"]["Stat"];
            children?: components["schemas"]["Child"][];
            next?: string;
            acl?: components["schemas"]["Acl"];
            error?: components["schemas"]["OperationError"];
        };
        /** @description One result for each read, in order. */
        BatchReadResult: {
            results: components["schemas"]["ReadResult"][];
        };
        /**
         * @description How far the member has come.
         * @example {
         *       "zxid": "0000000300000a1c"
         *     }
         */
        SyncResult: {
            zxid: components["schemas"]["Zxid"];
        };
        /** @description A session that has just been opened. The token is not shown again. */
        SessionResult: {
            sessionId: components["schemas"]["SessionId"];
            token: components["schemas"]["SessionToken"];
            timeoutMs: components["schemas"]["DurationMs"];
            expiresInMs: components["schemas"]["DurationMs"];
        };
        /** @description A session. */
        SessionInfo: {
            sessionId: components["schemas"]["SessionId"];
            /**
             * Format: int64
             * @description How long it may be silent.
             */
            timeoutMs: number;
            /**
             * Format: int64
             * @description How long it lives without a further sign of life, on the safe side.
             */
            expiresInMs: number;
            /**
             * Format: int64
             * @description Ephemeral znodes that go with it.
             */
            ephemerals: number;
        };
        /** @description Who the connection is from now on. */
        AuthResult: {
            identities: components["schemas"]["Identity"][];
        };
        /** @description Who the caller is. */
        Whoami: {
            identities: components["schemas"]["Identity"][];
            sessionId?: components["schemas"]["SessionId"];
        };
        /**
         * @description A member of the ensemble. Of one that has not been heard of for some seconds, or whose
         *     connection has broken since, only `id` and `votes` are known.
         */
        MemberStatus: {
            /** Format: int32 */
            id: number;
            /** @description It counts for quorums; an observer does not. */
            votes: boolean;
            /** @description The answering member has heard of it lately, directly or through the leader. */
            reachable: boolean;
            /**
             * Format: int64
             * @description Log entries that the leader had applied and this member had not.
             */
            lag?: number;
            /**
             * @description Only who is `leader` is shown as leading. Absent for a member that led as it was heard of last and does not any more.
             * @enum {string}
             */
            role?: "looking" | "following" | "leading" | "observing";
            epoch?: components["schemas"]["Counter"];
            zxid?: components["schemas"]["Zxid"];
            /** @description Of the tree at that zxid, made with a secret that the members share; members at the same zxid have the same. Empty after an upgrade of the data format, until something changes. */
            digest?: string;
            /** @description It can serve. */
            ready?: boolean;
            /** @description Why it is not ready. */
            reason?: string;
            /** @description Of the product. */
            version?: string;
            uptimeSeconds?: components["schemas"]["Counter"];
        };
        /** @description The ensemble as the answering member sees it. */
        EnsembleStatus: {
            /**
             * Format: int32
             * @description The id of the member that leads, while one is known.
             */
            leader?: number;
            members: components["schemas"]["MemberStatus"][];
        };
        /**
         * @description All is well.
         * @example {
         *       "status": "ok"
         *     }
         */
        Health: {
            /** @enum {string} */
            status: "ok";
        };
        /**
         * @description What went wrong, for programs.
         * @example BadVersion
         * @enum {string}
         */
        ErrorCode: "BadArguments" | "NoNode" | "NodeExists" | "BadVersion" | "NotEmpty" | "NoChildrenForEphemerals" | "NoAuth" | "AuthFailed" | "InvalidACL" | "SessionExpired" | "RepeatMismatch" | "IdPassed" | "NoWatch" | "HistoryGone" | "AheadOfEnsemble" | "TooLarge" | "LimitExceeded" | "QuotaExceeded" | "Throttled" | "NotReady" | "ReadOnly" | "DiskFull" | "OutcomeUnknown" | "NotFound" | "MethodNotAllowed" | "NotAcceptable" | "UnsupportedMediaType" | "MisdirectedRequest" | "OriginNotAllowed" | "RequestTimeout";
        /**
         * @description `not-applied`: nothing changed, repeating is safe. `unknown`: it may have been applied.
         * @example not-applied
         * @enum {string}
         */
        Outcome: "not-applied" | "unknown";
        /**
         * @description The limit that was reached, in the unit that its name tells.
         * @example {
         *       "name": "dataBytes",
         *       "value": 1048576
         *     }
         */
        Limit: {
            name: string;
            value: components["schemas"]["Counter"];
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /**
             * Format: uri
             * @description Names the code, as `urn:paddock:problem:<code>`.
             */
            type: string;
            /** @description The same for every problem of this code. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What is the matter this time. */
            detail?: string;
            /** @description This occurrence. */
            instance?: string;
            code: components["schemas"]["ErrorCode"];
            outcome: components["schemas"]["Outcome"];
            /** @description The znode concerned: the addressed one, or a missing parent. */
            path?: string;
            zxid?: components["schemas"]["Zxid"];
            /**
             * Format: int32
             * @description The operation of a transaction that failed, from 0.
             */
            index?: number;
            stat?: components["schemas"]["Stat"];
            limit?: components["schemas"]["Limit"];
            /** @description QuotaExceeded: the path whose quota it is, as far as the client sees it. */
            quota?: string;
            /**
             * Format: int32
             * @description Seconds after which a repeat makes sense.
             */
            retryAfter?: number;
            oldestZxid?: components["schemas"]["Zxid"];
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
        OperationError: {
            code: components["schemas"]["ErrorCode"];
            outcome: components["schemas"]["Outcome"];
            /** @description The same for every error of this code. */
            title: string;
            /** @description What is the matter this time. */
            detail?: string;
            /** @description The znode concerned: the addressed one, or a missing parent. */
            path?: string;
            /**
             * Format: int32
             * @description The operation of a transaction that failed, from 0.
             */
            index?: number;
            stat?: components["schemas"]["Stat"];
            limit?: components["schemas"]["Limit"];
            /** @description QuotaExceeded: the path whose quota it is, as far as the client sees it. */
            quota?: string;
            /**
             * Format: int32
             * @description Seconds after which a repeat makes sense.
             */
            retryAfter?: number;
            oldestZxid?: components["schemas"]["Zxid"];
        };
        /**
         * @description What happened to the znode at the path.
         * @example nodeDataChanged
         * @enum {string}
         */
        EventKind: "nodeCreated" | "nodeDeleted" | "nodeDataChanged" | "nodeChildrenChanged";
        /**
         * @description One event of a stream of Server-Sent Events. `stat` and `data` are those that the change wrote, when `include` asked for them.
         * @example {
         *       "event": "nodeDeleted",
         *       "path": "/app/config",
         *       "zxid": "0000000300000a1c"
         *     }
         */
        TreeEvent: {
            event: components["schemas"]["EventKind"];
            path: string;
            zxid: components["schemas"]["Zxid"];
            stat?: components["schemas"]["Stat"];
            data?: string;
            encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description The last event of a stream of Server-Sent Events that cannot go on: events are missing that are not kept any more, so what was read must be read anew.
         * @example {
         *       "code": "HistoryGone",
         *       "oldestZxid": "0000000300000a1c"
         *     }
         */
        ResyncNotice: {
            /** @enum {string} */
            code: "HistoryGone";
            oldestZxid: components["schemas"]["Zxid"];
        };
        /**
         * Format: int64
         * @description Read-only service: milliseconds since the member was last told by a leader that had a quorum. Absent when it has not been told since it started.
         * @example 12400
         */
        AgeMs: number;
        /**
         * Format: int64
         * @description Chosen by the client, growing on a connection, and with `exactlyOnce` within the session. The answer has the same.
         * @example 7
         */
        RequestId: number;
        /**
         * Format: int64
         * @description A watch of this connection. Its events name it.
         * @example 12
         */
        WatchNumber: number;
        /**
         * @description Answer from a state at least this new, like `Paddock-Min-Zxid` over HTTP: what comes behind waits with it. NotReady when the member has not got there within five seconds.
         * @example 0000000300000a1c
         */
        MinZxid: string;
        /**
         * @description The first frame of a connection: opens a session, or with `session` goes on with one. Answered with a ConnectResult.
         * @example {
         *       "id": 1,
         *       "op": "connect",
         *       "timeoutMs": 10000
         *     }
         */
        ConnectFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "connect";
            /**
             * Format: int64
             * @description How long a new session may be silent; clamped to the configured range. With `session` it changes nothing: a session keeps the timeout that it was opened with, and the answer says it.
             * @default 30000
             */
            timeoutMs?: number;
            /** @description The token of the session to go on with. */
            session?: string;
            /** @description The last zxid that the client has seen; it is never shown an older state. */
            lastZxid?: string;
            /** @description Who the connection is, beside its address; more by `auth` frames. */
            auth?: components["schemas"]["Credentials"][];
            /**
             * @description The connection sees the subtree of this path as the whole tree, in every request, answer and event. The znode need not exist.
             * @default /
             */
            chroot?: string;
            /**
             * @description The client promises that its ids grow within the session, also from connection to connection, and wants its writes applied once, however often it sends them. To be said on each connection. That of `connect` itself does not count. The answers to the last 1000 operations are kept, and fewer when the limit `exactlyOnceBytes` leaves less for this session; a write whose answer alone is more is Throttled.
             * @default false
             */
            exactlyOnce?: boolean;
            /**
             * @description The client takes answers of a member that has no leader, of what it has. Such a member connects it without a session, and gives it one when there is a leader; and it is told (SessionNoticeFrame) when read-only service begins and ends.
             * @default false
             */
            readOnly?: boolean;
            /**
             * @description What is a sign of life: `pong`, the answer to the member's pings too, which a network stack gives by itself; `message`, only frames of the client.
             * @default pong
             * @enum {string}
             */
            heartbeat?: "pong" | "message";
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
        CreateFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "create";
            path: string;
            data?: string;
            encoding?: components["schemas"]["Encoding"];
            mode?: components["schemas"]["CreateMode"];
            ttlMs?: components["schemas"]["TtlMs"];
            parents?: boolean;
            acl?: components["schemas"]["Acl"];
            /** @description Mode ephemeral only: the token of a former session of the client. When the znode exists and that session owns it, it is deleted and created anew for this one, in one transaction; a token that proves nothing makes no difference. */
            takeover?: string;
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
        GetFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "get";
            path: string;
            /** @description Leave a one-shot watch on data and existence. */
            watch?: boolean;
            consistency?: components["schemas"]["Consistency"];
            minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Reads whether a znode exists, and its stat. Answered with an ExistsResult.
         * @example {
         *       "id": 4,
         *       "op": "exists",
         *       "path": "/app/config"
         *     }
         */
        ExistsFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "exists";
            path: string;
            /** @description Leave a one-shot watch on data and existence. */
            watch?: boolean;
            consistency?: components["schemas"]["Consistency"];
            minZxid?: components["schemas"]["MinZxid"];
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
        SetFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "set";
            path: string;
            data: string;
            encoding?: components["schemas"]["Encoding"];
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
            /** @description Create the znode when it is missing. */
            create?: boolean;
        };
        /**
         * @description Deletes a znode. Answered with an EmptyResult.
         * @example {
         *       "id": 8,
         *       "op": "delete",
         *       "path": "/app/config"
         *     }
         */
        DeleteFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "delete";
            path: string;
            version?: components["schemas"]["ExpectedVersion"];
            etag?: components["schemas"]["Etag"];
            /** @description Delete all descendants too. */
            recursive?: boolean;
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
        ChildrenFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "children";
            path: string;
            /** Format: int64 */
            limit?: number;
            after?: string;
            include?: components["schemas"]["IncludeList"];
            /** @description Leave a one-shot watch on the children. */
            watch?: boolean;
            consistency?: components["schemas"]["Consistency"];
            minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Reads the ACL. Answered with an AclResult.
         * @example {
         *       "id": 10,
         *       "op": "getAcl",
         *       "path": "/app/config"
         *     }
         */
        GetAclFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "getAcl";
            path: string;
            consistency?: components["schemas"]["Consistency"];
            minZxid?: components["schemas"]["MinZxid"];
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
        SetAclFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "setAcl";
            path: string;
            acl: components["schemas"]["Acl"];
            /**
             * Format: int64
             * @description The ACL version (`aversion`) that the znode must be at; -1 is any.
             */
            version?: number;
        };
        /**
         * @description Reads the quota of a subtree. Answered with a QuotaResult.
         * @example {
         *       "id": 12,
         *       "op": "getQuota",
         *       "path": "/app"
         *     }
         */
        GetQuotaFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "getQuota";
            path: string;
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
        SetQuotaFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "setQuota";
            path: string;
            /**
             * Format: int64
             * @description Znodes, the top one included; more are refused; -1 is no limit.
             */
            countLimit?: number;
            /**
             * Format: int64
             * @description Bytes of their data; more are refused; -1 is no limit.
             */
            bytesLimit?: number;
            /**
             * Format: int64
             * @description Znodes beyond which the log says so; -1 is no limit.
             */
            countSoftLimit?: number;
            /**
             * Format: int64
             * @description Bytes beyond which the log says so; -1 is no limit.
             */
            bytesSoftLimit?: number;
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
        RemoveQuotaFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "removeQuota";
            path: string;
        };
        /**
         * @description Counts what is below a znode. Answered with a DescendantsResult.
         * @example {
         *       "id": 12,
         *       "op": "descendants",
         *       "path": "/app"
         *     }
         */
        DescendantsFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "descendants";
            path: string;
        };
        /**
         * @description Lists the session's own ephemeral znodes. Answered with an EphemeralsResult.
         * @example {
         *       "id": 12,
         *       "op": "ephemerals",
         *       "prefix": "/workers/"
         *     }
         */
        EphemeralsFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "ephemerals";
            /** @description Only paths that begin with this text. */
            prefix?: string;
            /**
             * Format: int32
             * @description Paths in the page.
             */
            limit?: number;
            /** @description Only paths that sort after this one. */
            after?: string;
        };
        /**
         * @description Lists who watches a znode or waits for it, at this member. Needs ADMIN. Answered with a WatchersResult.
         * @example {
         *       "id": 12,
         *       "op": "watchers",
         *       "path": "/app/config"
         *     }
         */
        WatchersFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "watchers";
            path: string;
        };
        /**
         * @description Explains what a session has: this connection's, or any other one to super. Answered with a SessionExplanation.
         * @example {
         *       "id": 12,
         *       "op": "explainSession"
         *     }
         */
        ExplainSessionFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "explainSession";
            /** @description This connection's when it is absent. */
            sessionId?: string;
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
        TransactionFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "transaction";
            ops: components["schemas"]["TransactionOp"][];
            /**
             * @description Answer what would happen and change nothing. Needs READ as well, on what is set or deleted and on the parents of what is created.
             * @default false
             */
            dryRun?: boolean;
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
        ReadFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "read";
            ops: components["schemas"]["ReadOp"][];
            consistency?: components["schemas"]["Consistency"];
            minZxid?: components["schemas"]["MinZxid"];
        };
        /**
         * @description Catches up with the ensemble. Answered with a SyncResult.
         * @example {
         *       "id": 14,
         *       "op": "sync"
         *     }
         */
        SyncFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "sync";
        };
        /**
         * @description Asks who the caller is. Answered with a Whoami.
         * @example {
         *       "id": 15,
         *       "op": "whoami"
         *     }
         */
        WhoamiFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "whoami";
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
        AuthFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "auth";
            scheme: components["schemas"]["CredentialScheme"];
            /** @description A name without a colon. */
            user: string;
            /** Format: password */
            password: string;
        };
        /**
         * @description A sign of life. Answered with a PingResult. With `minZxid` the answer says that every event up to that zxid has been sent.
         * @example {
         *       "id": 16,
         *       "op": "ping"
         *     }
         */
        PingFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "ping";
            minZxid?: components["schemas"]["MinZxid"];
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
        AddWatchFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "addWatch";
            path: string;
            /**
             * @description `persistent`: the znode itself and its list of children; `persistentRecursive`: the whole subtree, without nodeChildrenChanged.
             * @enum {string}
             */
            mode: "persistent" | "persistentRecursive";
            since?: components["schemas"]["Zxid"];
            include?: components["schemas"]["IncludeList"];
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
        SetWatchesFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "setWatches";
            since: components["schemas"]["Zxid"];
            /** @description Paths that get or exists left a watch on. */
            data?: string[];
            /** @description Paths that children left a watch on. */
            child?: string[];
        };
        /**
         * @description Removes a watch by its number, or all of this connection's watches of one kind on a path. Answered with an EmptyResult, or with NoWatch when there was none.
         * @example {
         *       "id": 18,
         *       "op": "removeWatch",
         *       "watch": 12
         *     }
         */
        RemoveWatchFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "removeWatch";
            watch?: components["schemas"]["WatchNumber"];
            /** @description Instead of `watch`, with `kind`. */
            path?: string;
            kind?: components["schemas"]["WatchKind"];
        };
        /**
         * @description `data` is left by get and exists, `child` by children; `any` is all of them.
         * @example any
         * @enum {string}
         */
        WatchKind: "data" | "child" | "persistent" | "persistentRecursive" | "any";
        /**
         * @description Ends the session: its ephemeral znodes are deleted. Answered with an EmptyResult, then the connection is closed.
         * @example {
         *       "id": 19,
         *       "op": "close"
         *     }
         */
        CloseFrame: {
            id: components["schemas"]["RequestId"];
            /** @enum {string} */
            op: "close";
        };
        /** @description The session of this connection. There is none, with the id `0000000000000000` and no `token`, when a client that allows it has come to a member in read-only service. */
        ConnectResult: {
            sessionId: components["schemas"]["SessionId"];
            token?: components["schemas"]["SessionToken"];
            /**
             * Format: int64
             * @description How long the session may be silent.
             */
            timeoutMs: number;
            expiresInMs?: components["schemas"]["RemainingMs"];
            /** @description It is the session whose token was shown, and not a new one. */
            resumed: boolean;
            /** @description The member has no leader, and serves reads only at present. */
            readOnly: boolean;
            /**
             * Format: int64
             * @description With `exactlyOnce`, the largest id of the session under which this member has seen anything applied, 0 when there is none: new requests need larger ones.
             */
            lastId?: number;
        };
        /**
         * Format: int64
         * @description How long the session lives for certain without a further sign of life, whoever leads; 0: nothing is certain, which is usual for the first 0.1 s of a session that is gone on with. Absent where there is no session.
         * @example 9000
         */
        RemainingMs: number;
        /**
         * @description How the session of this connection stands.
         * @example {
         *       "expiresInMs": 9000
         *     }
         */
        PingResult: {
            expiresInMs?: components["schemas"]["RemainingMs"];
        };
        /**
         * @description The watch that was left.
         * @example {
         *       "watch": 12
         *     }
         */
        AddWatchResult: {
            watch: components["schemas"]["WatchNumber"];
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
        SetWatchesResult: {
            data: components["schemas"]["WatchNumber"][];
            child: components["schemas"]["WatchNumber"][];
        };
        /**
         * @description The result of the operation, as the description of its frame says.
         * @example {}
         */
        AnswerResult: {
            [key: string]: unknown;
        };
        /**
         * @description The answer to a frame, with exactly one of `result` and `error`. Answers come in request order.
         * @example {
         *       "id": 16,
         *       "zxid": "0000000300000a1c",
         *       "result": {}
         *     }
         */
        AnswerFrame: {
            id: components["schemas"]["RequestId"];
            /** @description Of the change, for a write; else the last one applied by the member. */
            zxid: string;
            /** @description The member has had no leader for too long, and serves reads only. */
            readOnly?: boolean;
            ageMs?: components["schemas"]["AgeMs"];
            result?: components["schemas"]["AnswerResult"];
            /** @description True when the write was a repeat and this is the answer to its first attempt; else absent. */
            replayed?: boolean;
            error?: components["schemas"]["OperationError"];
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
        EventFrame: {
            event: components["schemas"]["EventKind"];
            path: string;
            zxid: components["schemas"]["Zxid"];
            watches: components["schemas"]["WatchNumber"][];
            stat?: components["schemas"]["Stat"];
            data?: string;
            encoding?: components["schemas"]["Encoding"];
        };
        /**
         * @description A watch with `since` could not go on: events are missing that are not kept any more. The watch has been removed; what it watched must be read anew.
         * @example {
         *       "event": "resync",
         *       "watch": 12,
         *       "oldestZxid": "0000000300000a1c"
         *     }
         */
        ResyncFrame: {
            /** @enum {string} */
            event: "resync";
            watch: components["schemas"]["WatchNumber"];
            oldestZxid: components["schemas"]["Zxid"];
        };
        /**
         * @description `closed`, `expired`, `moved`: the session is no longer this connection's: it has been closed, has expired, or another connection speaks for it. The last frame before the connection is closed. `uncertain`: the time that the session certainly had is over, and the member has not heard that it has ended. It may have, and what it holds may be given to another one from now on; so it is when the member is cut off from the others, or when the client has shown no sign of life. To a client that allows `readOnly` also `connectedReadOnly`: the member has no leader, and serves reads only. Both last until `connected`: the member is in full service again, and the session lives on for certain; or until the session is no longer this connection's. `connected` with `token`, `timeoutMs` and `expiresInMs` is a new session, which the connection has from now on, for it had none.
         * @example {
         *       "event": "session",
         *       "state": "expired",
         *       "sessionId": "0000000300000a1c"
         *     }
         */
        SessionNoticeFrame: {
            /** @enum {string} */
            event: "session";
            /** @enum {string} */
            state: "closed" | "expired" | "moved" | "uncertain" | "connectedReadOnly" | "connected";
            sessionId: components["schemas"]["SessionId"];
            ageMs?: components["schemas"]["AgeMs"];
            token?: components["schemas"]["SessionToken"];
            /**
             * Format: int64
             * @description How long the new session may be silent.
             */
            timeoutMs?: number;
            expiresInMs?: components["schemas"]["RemainingMs"];
        };
        /**
         * @description To a quiet connection with watches: every event up to and including this zxid has been sent. A good `since` and `lastZxid` to come back with.
         * @example {
         *       "progress": "0000000300000a1c"
         *     }
         */
        ProgressFrame: {
            progress: components["schemas"]["Zxid"];
        };
    };
    responses: {
        /** @description The client has the current representation; with `Prefer` it did not change in time */
        NotModified: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                ETag: components["headers"]["ETag"];
                "Preference-Applied": components["headers"]["PreferenceApplied"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description BadArguments, InvalidACL: the request is malformed, and says how */
        BadRequest: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description AuthFailed: `Authorization` is not Basic with a user and a password */
        Unauthorized: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoAuth, LimitExceeded, QuotaExceeded, OriginNotAllowed: the ACL, a limit, a quota or the page's origin is against it */
        Forbidden: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoNode: the addressed znode does not exist. NotFound: there is no such resource */
        NotFound: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NotAcceptable: no representation matches `Accept` */
        NotAcceptable: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NoNode (of another znode than the addressed one, like the parent), NodeExists, NotEmpty, NoChildrenForEphemerals: the tree is against it. AheadOfEnsemble: the ensemble has never come to the `Paddock-Min-Zxid` or `since` of the request; it is another one, or was restored from an older state */
        Conflict: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description SessionExpired: the session of `Paddock-Session` has ended. HistoryGone: events are not kept that far back */
        Gone: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description BadVersion, or NoNode or NodeExists where a condition asked for the opposite: the current stat is shown */
        PreconditionFailed: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description TooLarge: more than the limit that `limit` names */
        TooLarge: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description UnsupportedMediaType: not JSON where only that is taken, or a `Content-Encoding` */
        UnsupportedMediaType: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description RepeatMismatch: this caller has used the `Idempotency-Key` for another request, or in another session */
        RepeatMismatch: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description NotReady, Throttled, ReadOnly, DiskFull: not applied, safe to repeat after `Retry-After`, here or on another member. NotReady when no leader has taken the request within five seconds, when another entry of the log took its place as its leader was lost, and when the member has not caught up since it started, or is in read-only service and the request does not allow that. ReadOnly when the request allows it, and needs a leader */
        Unavailable: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                "Paddock-Age": components["headers"]["PaddockAge"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description OutcomeUnknown: it may have been applied. It had been handed to a leader who was lost before it answered, or was not decided within 15 seconds. Sent again with the same `Idempotency-Key`, here or to another member, it is applied once */
        OutcomeUnknown: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem: 400 and 417 BadArguments (a parameter that is not here, an `Expect` other than `100-continue`), 409 AheadOfEnsemble where no other 409 is, 403 OriginNotAllowed, 408 RequestTimeout, 414 (URL) and 431 (headers) TooLarge, 415 UnsupportedMediaType (a `Content-Encoding`), 421 MisdirectedRequest (the member does not serve that `Host`), and 500, a mistake of the member that nothing a client sends should cause */
        OtherProblem: {
            headers: {
                "Paddock-Zxid": components["headers"]["PaddockZxid"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
         * @example app/config
         */
        ZnodePath: string;
        /**
         * @description The znode's path, with its leading slash. Absent is the root.
         * @example /app/config
         */
        PathQuery: string;
        /**
         * @description The session, which must be the one whose token is shown.
         * @example 0000000300000a1c
         */
        SessionId: components["schemas"]["SessionId"];
        /**
         * @description The data version that the znode must be at. -1, like leaving it out, is any.
         * @example 3
         */
        Version: components["schemas"]["ExpectedVersion"];
        /**
         * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
         * @example 0
         */
        AclVersion: components["schemas"]["ExpectedVersion"];
        /**
         * @description What kind of znode to create.
         * @example ephemeral_sequential
         */
        CreateModeQuery: components["schemas"]["CreateMode"];
        /**
         * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
         * @example 60000
         */
        TtlMs: components["schemas"]["TtlMs"];
        /**
         * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
         * @example true
         */
        Parents: boolean;
        /**
         * @description Delete all descendants too.
         * @example true
         */
        Recursive: boolean;
        /**
         * @description Follow the whole subtree.
         * @example true
         */
        RecursiveEvents: boolean;
        /**
         * @description Answer what would happen and change nothing; the same as the field of the body. Needs READ as well, on what is set or deleted and on the parents of what is created.
         * @example true
         */
        DryRun: boolean;
        /**
         * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
         * @example 100
         */
        Limit: number;
        /**
         * @description Only names that sort after this one; `next` of the page before.
         * @example worker-0000000007
         */
        After: string;
        /**
         * @description Only paths that sort after this one; `next` of the page before.
         * @example /workers/w-0000000001
         */
        AfterPath: string;
        /**
         * @description Only paths that begin with this text, letter by letter: `/a` begins `/ab` too.
         * @example /workers/
         */
        Prefix: string;
        /**
         * @description What to show besides, comma-separated.
         * @example [
         *       "stat",
         *       "data"
         *     ]
         */
        Include: components["schemas"]["IncludeList"];
        /**
         * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
         * @example version>3
         */
        Until: string;
        /**
         * @description The id of an event: begin with the next one. A zxid is one, too: begin with the next change.
         * @example 0000000300000a1c
         */
        Since: components["schemas"]["EventId"];
        /**
         * @description The same as `since`, and stronger; an EventSource sends it by itself when it reconnects.
         * @example 0000000300000a1c.2746301823
         */
        LastEventId: components["schemas"]["EventId"];
        /**
         * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
         * @example "0000000300000a1c"
         */
        IfMatch: string;
        /**
         * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
         * @example "0000000300000a1c.0"
         */
        IfMatchAcl: string;
        /**
         * @description The ETag that the client has. While it is still right the answer is 304.
         * @example "0000000300000a1c.0.0"
         */
        IfNoneMatchRead: string;
        /**
         * @description `*`: the znode must not exist. Else 412.
         * @example *
         */
        IfNoneMatchWrite: string;
        /**
         * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
         * @example wait=30
         */
        Prefer: string;
        /**
         * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        Session: components["schemas"]["SessionToken"];
        /**
         * @description The token of this session, which the request renews.
         * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
         */
        SessionRequired: components["schemas"]["SessionToken"];
        /**
         * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
         * @example /tenants/a
         */
        Chroot: string;
        /**
         * @description The same for an EventSource, which has no headers.
         * @example /tenants/a
         */
        ChrootQuery: string;
        /**
         * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
         * @example 0000000300000a1c
         */
        MinZxid: components["schemas"]["Zxid"];
        /**
         * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
         * @example true
         */
        ReadOnly: boolean;
        /**
         * @description How fresh the answer is to be.
         * @example linearizable
         */
        Consistency: components["schemas"]["Consistency"];
        /**
         * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
         * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description `true` when the request was a repeat and this is the answer to its first attempt.
         * @example true
         */
        IdempotencyReplayed: "true";
        /**
         * @description The last zxid applied by the member that answered.
         * @example 0000000300000a1c
         */
        PaddockZxid: components["schemas"]["Zxid"];
        /**
         * @description The member has had no leader for too long, and serves reads only: what it shows may be older than what another member has.
         * @example true
         */
        PaddockReadOnly: boolean;
        /**
         * @description With `Paddock-Read-Only`: milliseconds since the member was last told by a leader that had a quorum. What was acknowledged since is not in the answer. Absent when it has not been told since it started.
         * @example 12400
         */
        PaddockAge: number;
        /**
         * @description The stat as a dictionary of structured fields (RFC 9651) with the names of the JSON form. Not with the JSON form of a GET, which shows it.
         * @example mzxid="0000000300000a1c", version=3, mode="persistent"
         */
        PaddockStat: string;
        /**
         * @description `"<mzxid>"` of the bytes, `"<mzxid>.<cversion>.<aversion>"` of the JSON form. Absent where a read shows the usage of a quota, `zookeeper_stats`, which changes without them.
         * @example "0000000300000a1c.0.0"
         */
        ETag: string;
        /**
         * @description `"<czxid>.<aversion>"`: of which znode, and which of its ACLs. It stays the same when the stat beside the ACL changes otherwise.
         * @example "0000000300000a1c.0"
         */
        AclETag: string;
        /**
         * @description The URL of what was created.
         * @example /v1/znodes/queue/0000000000
         */
        Location: string;
        /**
         * @description The next page, `rel="next"`, while there is one.
         * @example </v1/children/queue?after=0000000099>; rel="next"
         */
        Link: string;
        /**
         * @description The wait that was granted.
         * @example wait=30
         */
        PreferenceApplied: string;
        /**
         * @description What `Authorization` may hold.
         * @example Basic realm="paddock", charset="UTF-8"
         */
        WwwAuthenticate: string;
        /**
         * @description Seconds after which a repeat makes sense, where that is known.
         * @example 1
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getZnode: {
        parameters: {
            query?: {
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["ETag"];
                    "Paddock-Stat": components["headers"]["PaddockStat"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetResult"];
                    "application/octet-stream": components["schemas"]["ZnodeBytes"];
                };
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setZnode: {
        parameters: {
            query?: {
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                version?: components["parameters"]["Version"];
            };
            header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetDataRequest"];
                "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        responses: {
            /** @description The znode has the new data */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            /** @description The znode was missing and has been created */
            201: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createZnode: {
        parameters: {
            query?: {
                /**
                 * @description What kind of znode to create.
                 * @example ephemeral_sequential
                 */
                mode?: components["parameters"]["CreateModeQuery"];
                /**
                 * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
                 * @example 60000
                 */
                ttlMs?: components["parameters"]["TtlMs"];
                /**
                 * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
                 * @example true
                 */
                parents?: components["parameters"]["Parents"];
            };
            header?: {
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateRequest"];
                "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        responses: {
            /** @description The znode has been created; `path` is its final path */
            201: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deleteZnode: {
        parameters: {
            query?: {
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                version?: components["parameters"]["Version"];
                /**
                 * @description Delete all descendants too.
                 * @example true
                 */
                recursive?: components["parameters"]["Recursive"];
            };
            header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode is gone */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    headZnode: {
        parameters: {
            query?: {
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode exists */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["ETag"];
                    "Paddock-Stat": components["headers"]["PaddockStat"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getZnodeAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["ETag"];
                    "Paddock-Stat": components["headers"]["PaddockStat"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetResult"];
                    "application/octet-stream": components["schemas"]["ZnodeBytes"];
                };
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setZnodeAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                version?: components["parameters"]["Version"];
            };
            header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetDataRequest"];
                "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        responses: {
            /** @description The znode has the new data */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            /** @description The znode was missing and has been created */
            201: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createZnodeAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description What kind of znode to create.
                 * @example ephemeral_sequential
                 */
                mode?: components["parameters"]["CreateModeQuery"];
                /**
                 * @description For the TTL modes, and required there: the znode may be removed when it has been neither written nor had children for so long.
                 * @example 60000
                 */
                ttlMs?: components["parameters"]["TtlMs"];
                /**
                 * @description Create missing ancestors too, as persistent znodes with the same ACL, under the same zxid.
                 * @example true
                 */
                parents?: components["parameters"]["Parents"];
            };
            header?: {
                /**
                 * @description `*`: the znode must not exist. Else 412.
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchWrite"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateRequest"];
                "application/octet-stream": components["schemas"]["ZnodeBytes"];
            };
        };
        responses: {
            /** @description The znode has been created; `path` is its final path */
            201: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deleteZnodeAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description The data version that the znode must be at. -1, like leaving it out, is any.
                 * @example 3
                 */
                version?: components["parameters"]["Version"];
                /**
                 * @description Delete all descendants too.
                 * @example true
                 */
                recursive?: components["parameters"]["Recursive"];
            };
            header?: {
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode is gone */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    headZnodeAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description Answer when this holds: `exists`, `deleted`, or `version`, `cversion`, `aversion` or `children` compared with a whole number by `=`, `>`, `>=`, `<` or `<=`. Without `Prefer` it is asked once.
                 * @example version>3
                 */
                until?: components["parameters"]["Until"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The ETag that the client has. While it is still right the answer is 304.
                 * @example "0000000300000a1c.0.0"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatchRead"];
                /**
                 * @description An ETag that the znode must have, or `*`, it must exist. Else 412.
                 * @example "0000000300000a1c"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description `wait=N` (RFC 7240): hold the request up to N seconds, at most the limit `waitSeconds`.
                 * @example wait=30
                 */
                Prefer?: components["parameters"]["Prefer"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The znode exists */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["ETag"];
                    "Paddock-Stat": components["headers"]["PaddockStat"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The znode is absent, which `until=deleted` asked for */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listChildren: {
        parameters: {
            query?: {
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only names that sort after this one; `next` of the page before.
                 * @example worker-0000000007
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of children */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildrenResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listChildrenAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only names that sort after this one; `next` of the page before.
                 * @example worker-0000000007
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of children */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildrenResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAcl: {
        parameters: {
            query?: {
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ACL and the stat */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["AclETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AclResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setAcl: {
        parameters: {
            query?: {
                /**
                 * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
                 * @example 0
                 */
                version?: components["parameters"]["AclVersion"];
            };
            header?: {
                /**
                 * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
                 * @example "0000000300000a1c.0"
                 */
                "If-Match"?: components["parameters"]["IfMatchAcl"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetAclRequest"];
            };
        };
        responses: {
            /** @description The ACL and the stat */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["AclETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AclResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAclAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ACL and the stat */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    ETag: components["headers"]["AclETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AclResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setAclAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description The ACL version (`aversion`) that the znode must be at. -1, like leaving it out, is any.
                 * @example 0
                 */
                version?: components["parameters"]["AclVersion"];
            };
            header?: {
                /**
                 * @description The ETag that the ACL must have, one, or `*`, the znode must exist. Else 412. The ETag of the znode itself is another one.
                 * @example "0000000300000a1c.0"
                 */
                "If-Match"?: components["parameters"]["IfMatchAcl"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetAclRequest"];
            };
        };
        responses: {
            /** @description The ACL and the stat */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    ETag: components["headers"]["AclETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AclResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getQuota: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quota */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setQuota: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetQuotaRequest"];
            };
        };
        responses: {
            /** @description The quota is set */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    removeQuota: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quota is removed */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getQuotaAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quota */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setQuotaAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetQuotaRequest"];
            };
        };
        responses: {
            /** @description The quota is set */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    removeQuotaAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quota is removed */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    countDescendants: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many there are */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescendantsResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    countDescendantsAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many there are */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescendantsResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWatchers: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The znode's path; its leading slash may be left out. Slashes within may be sent as they are or as `%2F`.
                 * @example app/config
                 */
                path: components["parameters"]["ZnodePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The watchers at this member */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchersResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWatchersAt: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The watchers at this member */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchersResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    transact: {
        parameters: {
            query?: {
                /**
                 * @description Answer what would happen and change nothing; the same as the field of the body. Needs READ as well, on what is set or deleted and on the parents of what is created.
                 * @example true
                 */
                dryRun?: components["parameters"]["DryRun"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransactionRequest"];
            };
        };
        responses: {
            /** @description One result for each operation, in order */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    batchRead: {
        parameters: {
            query?: {
                /**
                 * @description How fresh the answer is to be.
                 * @example linearizable
                 */
                consistency?: components["parameters"]["Consistency"];
            };
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchReadRequest"];
            };
        };
        responses: {
            /** @description One result for each operation, in order */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReadResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    sync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the member has come */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OpenSessionRequest"];
            };
        };
        responses: {
            /** @description The session is open */
            201: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionInfo"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description Makes the request safe to repeat: with the same key, on any member, it is applied once, and each repeat has the answer to the first attempt. Chosen at random for each request (a UUID), and kept for ten minutes. A key belongs to its caller: it is sent again with the same `Authorization`, from whatever address. For another request the same key is 422. What was refused changed nothing, and is judged again. Who has used as many keys as are left for all others is refused new ones: 503 Throttled, `limit` `idempotencyKeysShare` or `idempotencyBytesShare`.
                 * @example 0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            422: components["responses"]["RepeatMismatch"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["OutcomeUnknown"];
            default: components["responses"]["OtherProblem"];
        };
    };
    heartbeatSession: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, renewed */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionInfo"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listEphemerals: {
        parameters: {
            query?: {
                /**
                 * @description Only paths that begin with this text, letter by letter: `/a` begins `/ab` too.
                 * @example /workers/
                 */
                prefix?: components["parameters"]["Prefix"];
                /**
                 * @description Children in the page, at most the limit `childrenPage` (1000 unless set otherwise).
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only paths that sort after this one; `next` of the page before.
                 * @example /workers/w-0000000001
                 */
                after?: components["parameters"]["AfterPath"];
            };
            header: {
                /**
                 * @description The token of this session, which the request renews.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session": components["parameters"]["SessionRequired"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of paths */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EphemeralsResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    explainSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path: {
                /**
                 * @description The session, which must be the one whose token is shown.
                 * @example 0000000300000a1c
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the session has */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    "Paddock-Read-Only": components["headers"]["PaddockReadOnly"];
                    "Paddock-Age": components["headers"]["PaddockAge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionExplanation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /**
                 * @description The znode's path, with its leading slash. Absent is the root.
                 * @example /app/config
                 */
                path?: components["parameters"]["PathQuery"];
                /**
                 * @description Follow the whole subtree.
                 * @example true
                 */
                recursive?: components["parameters"]["RecursiveEvents"];
                /**
                 * @description The id of an event: begin with the next one. A zxid is one, too: begin with the next change.
                 * @example 0000000300000a1c
                 */
                since?: components["parameters"]["Since"];
                /**
                 * @description What to show besides, comma-separated.
                 * @example [
                 *       "stat",
                 *       "data"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
                /**
                 * @description The same for an EventSource, which has no headers.
                 * @example /tenants/a
                 */
                chroot?: components["parameters"]["ChrootQuery"];
            };
            header?: {
                /**
                 * @description The same as `since`, and stronger; an EventSource sends it by itself when it reconnects.
                 * @example 0000000300000a1c.2746301823
                 */
                "Last-Event-ID"?: components["parameters"]["LastEventId"];
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
                /**
                 * @description A path, percent-encoded where it is not ASCII: the request sees the subtree of that znode as the whole tree, in every path that it holds and is answered. The znode need not exist. It is a convenience and no permission: ACLs say who may do what.
                 * @example /tenants/a
                 */
                "Paddock-Chroot"?: components["parameters"]["Chroot"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    openWebSocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection speaks WebSocket from now on */
            101: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getEnsemble: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ensemble */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnsembleStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    whoami: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The token of the session that the request speaks for: it owns the ephemeral znodes that the request creates, and the request renews it: when it comes, and as long as it is held (`Prefer: wait`) and its connection stands. A stream of events renews it when it begins. 410 SessionExpired when it has certainly ended; a member that has not heard of it yet waits, and says 503 when that takes too long.
                 * @example 0000000300000a1c.NLoQnbVAW8WFzyMVNfV0FhHLsp3ZzOzhzqJBBgDLfZs
                 */
                "Paddock-Session"?: components["parameters"]["Session"];
                /**
                 * @description Answer from a state at least this new. The member waits to get there, up to `Prefer: wait=N` or five seconds, and says 503 when it does not.
                 * @example 0000000300000a1c
                 */
                "Paddock-Min-Zxid"?: components["parameters"]["MinZxid"];
                /**
                 * @description `true`: answers of a member that has no leader are welcome, of what it has. A read is answered then and marked with `Paddock-Read-Only` and `Paddock-Age`; what needs a leader is 503 ReadOnly at once. It changes nothing while the member has a leader.
                 * @example true
                 */
                "Paddock-Read-Only"?: components["parameters"]["ReadOnly"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: components["responses"]["Unavailable"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["Text"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": components["schemas"]["Text"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
    getAsyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AsyncAPI 3.0 */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": components["schemas"]["Text"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page that needs nothing but this member */
            200: {
                headers: {
                    "Paddock-Zxid": components["headers"]["PaddockZxid"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["Text"];
                };
            };
            default: components["responses"]["OtherProblem"];
        };
    };
}
