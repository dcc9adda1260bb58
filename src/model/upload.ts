/** Folders of files that a browser sent begin with this: what stands above such a file is the host's, and says nothing of it. */
export const UPLOAD_PREFIX = 'waybill-upload-';
