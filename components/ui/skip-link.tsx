/** Lets the keyboard jump over the navigation, to the element with id "main". `SkipLink()`. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent not-focus:sr-only"
    >
      Skip to content
    </a>
  );
}
