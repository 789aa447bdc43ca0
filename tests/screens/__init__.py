"""What a user sees, recorded before a change and after it: the numbers bit for bit, the pictures but for anti-aliasing.

Everything goes through the front door, so that trees with other names inside can be held against each other: links,
text on the screen, downloads, and the arrays that the browser is sent.
"""
