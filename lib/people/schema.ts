/** A group of the configuration, and who is known to be in it. */
export type GroupView = {
  name: string;
  /** What the group is there for, in words. */
  roles: string[];
  /** People who have signed in and were in the group then. */
  members: { name: string; email: string }[];
};

/** A project and whom the configuration makes its developers. */
export type ProjectMembersView = { name: string; groups: string[]; emails: string[] };

export type PeopleSettings = {
  groups: GroupView[];
  /** Those the reader may see. */
  projects: ProjectMembersView[];
};
