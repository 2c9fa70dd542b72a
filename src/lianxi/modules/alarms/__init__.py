"""What somebody is told of without looking for it: from when on, who, and when not."""
