/** Operations on what is beside the znodes: quotas, counts, what sessions have, who watches. */
import type { InspectRequest } from '../../storage/tree/inspect.ts';
import { explanationText } from '../explanations.ts';
import { descendantsText, ephemeralsRequest, ephemeralsText } from '../inspections.ts';
import { quotaText } from '../quotas.ts';
import type { FrameOf } from '../validators.ts';
import { type Conversation, done, refused } from './conversation.ts';
import type { Request } from './requests.ts';

type InspectFrame =
  | FrameOf<'getQuota'>
  | FrameOf<'descendants'>
  | FrameOf<'ephemerals'>
  | FrameOf<'watchers'>
  | FrameOf<'explainSession'>;

export function inspect(talk: Conversation, request: Request, frame: InspectFrame): void {
  const { coordinator, caller } = talk;
  switch (frame.op) {
    case 'getQuota':
      answer(talk, request, quotaText(coordinator, caller, frame.path));
      return;
    case 'descendants':
      answer(talk, request, descendantsText(coordinator, caller, frame.path));
      return;
    case 'ephemerals': {
      const { prefix, limit, after } = frame;
      const what: InspectRequest = ephemeralsRequest(coordinator.limits, prefix, limit, after);
      answer(talk, request, ephemeralsText(coordinator, caller, what));
      return;
    }
    case 'watchers':
      answer(talk, request, explanationText(coordinator, caller, frame));
      return;
    case 'explainSession': {
      const { op, sessionId: session = caller.session } = frame;
      answer(talk, request, explanationText(coordinator, caller, { op, session }));
      return;
    }
  }
}

function answer(talk: Conversation, request: Request, text: ReturnType<typeof quotaText>): void {
  if (typeof text === 'string') done(talk, request, text);
  else refused(talk, request, text);
}
