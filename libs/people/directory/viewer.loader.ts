import { Injectable } from '@nestjs/common';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import { toViewerModel, type ViewerModel } from './viewer.model.js';

@Injectable()
export class ViewerLoader {
  /** By node ID; null for any but the viewer's own. */
  readonly byId: (ctx: RequestContext) => Loader<string, ViewerModel> = createLoader<string, ViewerModel>(
    ({ viewer }, ids) => {
      if (viewer?.personId == null) return Promise.resolve([...ids].map(() => null));
      const model = toViewerModel({ personId: viewer.personId, roles: viewer.roles });
      return Promise.resolve(ids.map((id) => (id === model.id ? model : null)));
    },
  );
}
