"""The pages in Streamlit: controls, panels and links, made from the records."""
