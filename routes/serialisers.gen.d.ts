// Made from openapi.yaml by `npm run gen`. Not for editing by hand.

import type { Serialiser } from './serialisers.ts';

export const Stat: Serialiser<'Stat'>;
export const GetResult: Serialiser<'GetResult'>;
export const WriteResult: Serialiser<'WriteResult'>;
export const ExistsResult: Serialiser<'ExistsResult'>;
export const ChildrenResult: Serialiser<'ChildrenResult'>;
export const AclResult: Serialiser<'AclResult'>;
export const QuotaResult: Serialiser<'QuotaResult'>;
export const TransactionResult: Serialiser<'TransactionResult'>;
export const BatchReadResult: Serialiser<'BatchReadResult'>;
export const TreeEvent: Serialiser<'TreeEvent'>;
export const EventFrame: Serialiser<'EventFrame'>;
export const Problem: Serialiser<'Problem'>;
export const OperationError: Serialiser<'OperationError'>;
